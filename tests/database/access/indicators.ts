import { each, only_secretariat, open, refusedTo, type Domain } from './engine.ts';
import { city, id, nameOf, ours, seated } from './council.ts';

export const indicators: Domain = {
	tables: {
		units: {
			columns: `code name_zh name_en symbol_zh symbol_en`,
			...open
		},
		occupations: {
			columns: `code name_zh name_en position`,
			...open
		},
		employment_modes: {
			columns: `code name_zh name_en position`,
			...open
		},
		measures: {
			columns: `code name_zh name_en unit additive counts_persons description_zh description_en over_time`,
			...open
		},
		indicators: {
			columns: `code group_code group_zh group_en position name_zh name_en unit decimals direction frequency reported_by breakdowns legal_source_zh legal_source_en tier suppression_threshold owner_zh owner_en caveats_zh caveats_en`,
			...open
		},
		indicator_definitions: {
			columns: `indicator_code version valid_from valid_to kind factor numerator_zh numerator_en denominator_zh denominator_en formula_zh formula_en`,
			...open
		},
		definition_terms: {
			columns: `indicator_code version part measure_code weight`,
			...open
		},
		sources: {
			columns: `id title_zh title_en publisher url retrieved note`,
			...open
		},
		reference_values: {
			columns: `id indicator_code theme statement_zh statement_en value value_text unit period population_zh population_en region_code source note_zh note_en`,
			...open
		},
		public_series: {
			columns: `code title_zh title_en unit frequency indicator_code region_code publisher_zh publisher_en caveat_zh caveat_en position`,
			...open
		},
		public_observations: {
			columns: `series_code period entity_zh entity_en entity_code value value_text basis source note`,
			...open
		},
		series_breaks: {
			columns: `series_code period reason_zh reason_en`,
			...open
		},
		targets: {
			columns: `id council_id indicator_code region_code organisation_id period kind value upper_value origin_zh origin_en resolution_id set_at superseded_at`,
			label: `coalesce(${nameOf('organisation_id')}, '-')`,
			seen: { ...each(seated, ['-']), ...each([...ours, ...city], ['-', 'ours']) }
		}
	},
	calls: {
		'set_target(council uuid, indicator text, region text, period text, kind text, value numeric, upper_value numeric, origin_zh text, origin_en text, organisation uuid, resolution uuid)':
			{
				given: `$1, 'TEST2', '31', '2026-12', 'floor', 5, null, '决议', 'resolution'`,
				values: () => [id.council],
				...only_secretariat
			},
		'indicators_page(council uuid, list jsonb)': {
			given: '$1',
			values: () => [id.council],
			...refusedTo('council_not_found', seated),
			rows: {
				by: { overview: 'indicator_code own_value' },
				seen: {
					...each(
						[...city, 'district_reviewer', 'union', 'party', 'social', 'office', 'far_office'],
						['overview TEST1 null', 'overview TEST2 null']
					),
					...each(ours, ['overview TEST1 44.4333', 'overview TEST2 3000']),
					rival: ['overview TEST1 44.4583', 'overview TEST2 2400']
				}
			}
		},
		'indicator_page(council uuid, indicator text, region text, since date, period text, frequency text)':
			{
				given: `$1, 'TEST1'`,
				values: () => [id.council],
				...refusedTo('council_not_found', seated),
				rows: {
					by: {
						series: 'scope organisation_id value',
						targets: 'organisation_id value',
						links: 'kind id',
						revised: 'submission_id'
					},
					seen: {
						...each(city, [
							'links resolution open_resolution',
							'links resolution resolution',
							'series organisation ours 44.4333',
							'series organisation rival 44.4583',
							'series organisation third 44.4444',
							'series total null 44.4444',
							'targets null 40',
							'targets ours 40'
						]),
						...each(
							['district_reviewer', 'union', 'party', 'social', 'office', 'far_office'],
							[
								'links resolution open_resolution',
								'links resolution resolution',
								'series total null 44.4444',
								'targets null 40'
							]
						),
						...each(ours, [
							'links resolution open_resolution',
							'links resolution resolution',
							'series own ours 44.4333',
							'series total null 44.4444',
							'targets null 40',
							'targets ours 40'
						]),
						rival: [
							'links resolution open_resolution',
							'links resolution resolution',
							'series own rival 44.4583',
							'series total null 44.4444',
							'targets null 40'
						]
					}
				}
			}
	}
};
