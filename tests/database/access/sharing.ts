import { each, only_secretariat, refusedTo, type Domain } from './engine.ts';
import { city, everybody, id, ours, seated, period } from './council.ts';

/** Districts where nobody has filed. */
const without_data = [
	'310101',
	'310104',
	'310106',
	'310107',
	'310109',
	'310110',
	'310112',
	'310113',
	'310114',
	'310116',
	'310117',
	'310118',
	'310120',
	'310151'
].map((region) => `${region} null null`);

export const sharing: Domain = {
	tables: {
		releases: {
			columns: `id council_id title_zh title_en period published_at withdrawn_at`,
			label: 'title_en',
			seen: each(everybody, ['release']),
			anonymous: true
		},
		release_figures: {
			columns: `release_id indicator_code definition_version region_code period numerator denominator value hidden contributors`,
			label: `region_code || ' ' || coalesce(value::text, hidden)`,
			where: `region_code = '31'`,
			seen: each(everybody, ['31 44.4444']),
			anonymous: true
		}
	},
	calls: {
		'indicator_series(council uuid, indicator text, region text, since date, until date)': {
			given: `$1, 'TEST1'`,
			values: () => [id.council],
			...refusedTo('council_not_found', seated),
			rows: {
				by: 'scope organisation_id value',
				seen: {
					...each(city, [
						'organisation ours 44.4333',
						'organisation rival 44.4583',
						'organisation third 44.4444',
						'total null 44.4444'
					]),
					...each(
						['district_reviewer', 'union', 'party', 'social', 'office', 'far_office'],
						['total null 44.4444']
					),
					...each(ours, ['own ours 44.4333', 'total null 44.4444']),
					rival: ['own rival 44.4583', 'total null 44.4444']
				}
			}
		},
		'indicator_districts(council uuid, indicator text, period text)': {
			given: `$1, 'TEST1', '${period}'`,
			values: () => [id.council],
			...refusedTo('council_not_found', seated),
			rows: {
				by: 'region_code value own_value',
				seen: {
					...each(city, ['310105 33.375 null', '310115 49.9792 null', ...without_data]),
					...each(
						['district_reviewer', 'union', 'party', 'social', 'office', 'far_office'],
						['310105 33.3333 null', '310115 50 null', ...without_data]
					),
					...each(ours, ['310105 33.3333 33.3', '310115 50 50', ...without_data]),
					rival: ['310105 33.3333 33.375', '310115 50 50', ...without_data]
				}
			}
		},
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
		'council_overview(council uuid)': {
			given: '$1',
			values: () => [id.council],
			...refusedTo('council_not_found', seated),
			rows: {
				by: 'indicator_code own_value',
				seen: {
					...each(
						[...city, 'district_reviewer', 'union', 'party', 'social', 'office', 'far_office'],
						['TEST1 null', 'TEST2 null']
					),
					...each(ours, ['TEST1 44.4333', 'TEST2 3000']),
					rival: ['TEST1 44.4583', 'TEST2 2400']
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
