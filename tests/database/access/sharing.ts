import { each, refusedTo, type Domain } from './engine.ts';
import { city, id, ours, seated, period } from './council.ts';

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
		'longer_series(council uuid, indicator text, frequency text, region text, since date, until date)':
			{
				given: `$1, 'TEST1', 'quarter'`,
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
		'longer_districts(council uuid, indicator text, period text)': {
			given: `$1, 'TEST1', '2026-Q1'`,
			values: () => [id.council],
			...refusedTo('council_not_found', seated),
			rows: {
				by: 'region_code value own_value',
				seen: {
					...each(city, ['310105 33.375 null', '310115 49.9792 null', ...without_data]),
					...each(
						[
							'district_reviewer',
							'union',
							'party',
							'social',
							'office',
							'far_office',
							...ours,
							'rival'
						],
						['310105 33.3333 null', '310115 50 null', ...without_data]
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
		}
	}
};
