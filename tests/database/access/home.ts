import { refusedTo, type Domain } from './engine.ts';
import { id, seated } from './council.ts';

export const home: Domain = {
	calls: {
		'home_page(council uuid, at_most integer)': {
			given: '$1, 10',
			values: () => [id.council],
			...refusedTo('council_not_found', seated)
		},
		'my_tasks()': {
			given: '',
			values: () => [],
			...refusedTo('done', [])
		},
		'search(words text, at_most integer)': {
			given: `'test'`,
			values: () => [],
			...refusedTo('done', [])
		}
	}
};
