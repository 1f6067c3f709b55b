import { each, refusedTo, type Domain } from './engine.ts';
import { city, id, ours } from './council.ts';

/** Whose filings each is shown. */
const grid = {
	...each(city, [
		'far_office far_office_obligation',
		'office office_obligation',
		'ours ours_obligation',
		'ours ours_owed',
		'rival ?',
		'rival rival_obligation',
		'third excused',
		'third third_obligation'
	]),
	...each(['district_reviewer', 'office'], ['office office_obligation']),
	...each(ours, ['ours ours_obligation', 'ours ours_owed']),
	rival: ['rival ?', 'rival rival_obligation'],
	far_office: ['far_office far_office_obligation']
};

export const completeness: Domain = {
	calls: {
		'filing_grid(council uuid, periods integer)': {
			given: '$1',
			values: () => [id.council],
			...refusedTo('done', []),
			rows: {
				by: 'organisation_id obligation_id',
				seen: grid
			}
		},
		'completeness_page(council uuid)': {
			given: '$1',
			values: () => [id.council],
			...refusedTo('done', []),
			rows: {
				by: { grid: 'organisation_id obligation_id' },
				seen: Object.fromEntries(
					Object.entries(grid).map(([who, cells]) => [who, cells.map((one) => `grid ${one}`)])
				)
			}
		},
		'filing_rates(council uuid, periods integer)': {
			given: '$1',
			values: () => [id.council],
			...refusedTo('done', []),
			rows: {
				by: 'organisation_id dataset_code',
				seen: {
					...each(city, [
						'far_office test_services',
						'office test_services',
						'ours test_monthly',
						'rival test_monthly',
						'third test_monthly'
					]),
					...each(['district_reviewer', 'office'], ['office test_services']),
					...each(ours, ['ours test_monthly']),
					rival: ['rival test_monthly'],
					far_office: ['far_office test_services']
				}
			}
		}
	}
};
