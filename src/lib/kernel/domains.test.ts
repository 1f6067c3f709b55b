import { expect, test } from 'vitest';
import { inOrder } from './domains.ts';

test('what domains give stands in the order of the loop, not of their names', () => {
	expect(
		inOrder({ '../audit/pages.ts': 3, '../meetings/pages.ts': 2, '../submissions/pages.ts': 1 })
	).toEqual([1, 2, 3]);
});

test('a domain without a place is not left out in silence', () => {
	expect(() => inOrder({ '../forgotten/acts.ts': 1 })).toThrow('forgotten');
});
