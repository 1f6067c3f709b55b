import { expect, test } from 'vitest';
import { HEADER, check, problemsOf } from '../../../../tests/files/check.ts';

test('a blank is not zero: it needs a reason, and the reason is kept', () => {
	const { verdict, entries } = check([HEADER, ['310115', '', '', '', '未采集', '', '保密', '']]);
	expect(verdict).toBe('ready');
	expect(entries.map(({ value, missing_reason }) => [value, missing_reason])).toEqual([
		[null, 'confidential'],
		[null, 'not_collected'],
		[null, 'confidential']
	]);
});

test('a measure that is divided in other rows may stay blank where its total would stand', () => {
	const table = [
		HEADER,
		['310115', '骑手', '', 5, '', '', '', ''],
		['310115', '骑手', '众包', '', 3, '不适用', '', ''],
		['310115', '骑手', '专送', '', '', '', '', '']
	];
	expect(problemsOf(table)).toEqual(['blank_without_reason@E4']);
});
