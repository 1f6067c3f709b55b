import { refusedTo, type Domain } from './engine.ts';
import { id } from './council.ts';

export const completeness: Domain = {
	calls: {
		'filing_grid(council uuid, periods integer)': {
			given: '$1',
			values: () => [id.council],
			...refusedTo('done', [])
		},
		'filing_rates(council uuid, periods integer)': {
			given: '$1',
			values: () => [id.council],
			...refusedTo('done', [])
		}
	}
};
