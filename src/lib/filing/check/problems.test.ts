import { expect, test } from 'vitest';
import { HEADER, check } from '../../../../tests/files/check.ts';
import type { Context } from '../checked.ts';

test('equal problems below each other become one, and the true number stays', () => {
	const rows = Array.from({ length: 30 }, (_, i) => [
		'310115',
		'骑手',
		i ? '' : '专送',
		'abc',
		5,
		'',
		'',
		''
	]);
	const { problems, problem_count } = check([HEADER, ...rows.slice(0, 19)]);
	expect(problems[0]).toMatchObject({ rule: 'number_unclear', cell: 'D2:D20' });
	expect(problem_count).toBeGreaterThanOrEqual(19);
});

/** Rows of as many regions, so that none of them is told twice. */
const codes = Array.from({ length: 3000 }, (_, at) => `31${String(1000 + at)}`);

const many: Partial<Context> = {
	regions: codes.map((code) => ({
		code,
		name_zh: code,
		name_en: code,
		valid_to: null,
		replaced_by: null
	}))
};

const row = (at: number, workers: string | number = 5, ...more: string[]) => [
	codes[at]!,
	'',
	'',
	workers,
	5,
	'',
	'迟报',
	'',
	...more
];

const BLANK = ['', '', '', '', '', '', '', ''];

test.each([
	[3, ['D2', 'D3', 'D4']],
	[4, ['D2:D5']]
])('%i equal problems below each other are listed as %j', (equal, cells) => {
	const rows = Array.from({ length: equal + 2 }, (_, at) => row(at, at < equal ? 'abc' : 5));
	const { problems, problem_count } = check([HEADER, ...rows], many);
	expect(problems.map(({ cell }) => cell)).toEqual(cells);
	expect(problem_count).toBe(equal);
});

test('at most a thousand problems are listed, all are counted', () => {
	const rows = codes.map((_, at) => row(at, at % 2 ? 'abc' : -1));
	const { problems, problem_count } = check([HEADER, ...rows], many);
	expect(problems).toHaveLength(1000);
	expect(problems.slice(0, 2).map(({ rule, cell }) => [rule, cell])).toEqual([
		['negative', 'D2'],
		['number_unclear', 'D3']
	]);
	expect(problem_count).toBe(3000);
});

test('rows that the reader finds damaged are counted, each of them', () => {
	const rows = codes.map((_, at) => (at % 2 ? row(at, 5, 'extra') : row(at)));
	const { problems, problem_count } = check([HEADER, ...rows], many);
	expect(problems).toHaveLength(1000);
	expect(problem_count).toBe(1500);
});

test('a thousand blank rows hide no damaged row behind them', () => {
	const rows = codes.slice(1).flatMap((_, at) => [BLANK, row(at)]);
	const { verdict, problems } = check([HEADER, ...rows, row(2999, 5, 'extra')], many);
	expect(verdict).toBe('row_errors');
	expect(problems.map(({ rule }) => rule)).toEqual(['row_too_long']);
});
