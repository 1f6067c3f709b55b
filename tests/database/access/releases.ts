import { each, only_secretariat, refusedTo, type Domain } from './engine.ts';
import { everybody, id, period } from './council.ts';

export const releases: Domain = {
	tables: {
		releases: {
			columns: `id council_id title_zh title_en period published_at withdrawn_at is_demo`,
			label: 'title_en',
			seen: each(everybody, ['release']),
			anonymous: true
		},
		release_figures: {
			columns: `release_id indicator_code definition_version region_code period numerator denominator value hidden contributors expected`,
			label: `region_code || ' ' || coalesce(value::text, hidden)`,
			where: `region_code = '31'`,
			seen: each(everybody, ['31 44.4444']),
			anonymous: true
		}
	},
	calls: {
		'releases_page(council uuid)': {
			given: '$1',
			values: () => [id.council],
			...refusedTo('done', []),
			rows: {
				by: { releases: 'id', overview: 'indicator_code own_value' },
				seen: {
					...each(everybody, ['releases release']),
					...each(
						['secretariat'],
						['overview TEST1 null', 'overview TEST2 null', 'releases release']
					)
				}
			}
		},
		'publish_release(council uuid, title_zh text, title_en text, period text, indicators text[])': {
			given: `$1, '新', 'new', '${period}', '{TEST1}'`,
			values: () => [id.council],
			...only_secretariat
		},
		'withdraw_release(release uuid, reason text)': {
			given: `$1, '数据有误，重发'`,
			values: () => [id.release],
			...only_secretariat
		}
	}
};
