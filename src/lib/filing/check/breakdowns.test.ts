import { expect, test } from 'vitest';
import { HEADER, problemsOf } from '../../../../tests/files/check.ts';

test('the same figure twice, and a total beside its parts, are refused', () => {
	const row = ['310115', '骑手', '', 5, 5, '', '', ''];
	expect(problemsOf([HEADER, row, row])).toEqual(['duplicate@D3', 'duplicate@E3']);
	expect(problemsOf([HEADER, row, ['310115', '', '', 9, 9, '', '', '']])).toEqual([
		'counted_twice@D3',
		'counted_twice@E3'
	]);
});
