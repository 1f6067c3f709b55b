import { expect, test } from 'vitest';
import { councilOf } from './council-of.ts';
import { refusalOf } from './db.ts';

test('somebody whose organisation sits in no council is refused before anything is asked of the database', () => {
	for (const acting of [null, { council_id: null }]) {
		let caught: unknown;
		try {
			councilOf(acting);
		} catch (refused) {
			caught = refused;
		}
		expect(refusalOf(caught)).toEqual({ status: 404, key: 'council_not_found' });
	}
	expect(councilOf({ council_id: 'c' })).toBe('c');
});
