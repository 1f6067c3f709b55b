import { expect, test } from 'vitest';
import { dataset } from '../../../../tests/files/dataset.ts';
import { HEADER, check, problemsOf } from '../../../../tests/files/check.ts';
import type { Measure } from '#lib/datasets/dataset.ts';

test('figures are read as people write them when they can mean one thing only', () => {
	const values = (typed: string) =>
		check([HEADER, ['浦东新区', '', '', typed, 5, '', '', '人数较上期无变化，已经核对']]).entries[0]
			?.value;
	expect(values('１２３４')).toBe(1234);
	expect(values('1.21万')).toBe(12100);
	expect(values('12,345')).toBe(12345);
	expect(values('12.0')).toBe(12);
	expect(values('\u202d12\u202c')).toBe(12);
});

test.each([
	['1,23', 'number_unclear'],
	['12人', 'number_unclear'],
	['98%', 'percent_not_expected'],
	['1e400', 'not_finite'],
	['Infinity', 'not_finite'],
	['NaN', 'not_finite'],
	['-3', 'negative'],
	['3.5', 'not_integer'],
	['99999999999999999', 'out_of_range'],
	['-', 'no_figure'],
	['无', 'no_figure'],
	['', 'blank_without_reason']
])('the figure %s is asked about (%s)', (typed, rule) => {
	expect(problemsOf([HEADER, ['310115', '', '', typed, 5, '', '', '']])).toContain(`${rule}@D2`);
});

const RATE: Measure = {
	code: 'rate',
	name_zh: '平均抽成率',
	name_en: 'Mean commission rate',
	unit: 'percent',
	value_type: 'number',
	required: false,
	min: 0,
	max: 100,
	decimals: 2,
	additive: false,
	since: 1
};

test.each([
	['平均抽成率', '18', 18],
	['平均抽成率', '18%', 18],
	['平均抽成率', '0.18%', 0.18],
	['平均抽成率（%）', '0.18', 0.18],
	['平均抽成率', '0', 0],
	['平均抽成率', '0.18', 'percent_unclear'],
	['rate', '0.18', 'percent_unclear'],
	['平均抽成率', '1', 'percent_unclear']
])('below “%s”, %s is %s', (name, typed, expected) => {
	const rows = [
		['地区', '在册人数', '参保人数', name],
		['310115', 5, 5, typed]
	];
	const found = check(rows, {}, undefined, { ...dataset, measures: [...dataset.measures, RATE] });
	expect(found.entries[2]?.value ?? found.problems[0]?.rule).toBe(expected);
});

test('a system that names a rate by its code counts in hundredths', () => {
	const of = { ...dataset, measures: dataset.measures.slice(2).concat(RATE) };
	const rows = (name: string) => [
		['region', 'measure', 'value'],
		['310115', name, '0.18']
	];
	expect(check(rows('rate'), {}, undefined, of).entries[0]?.value).toBe(0.18);
	expect(check(rows('平均抽成率'), {}, undefined, of).problems[0]).toMatchObject({
		rule: 'percent_unclear',
		params: { low: '0.18%', high: '18%' }
	});
});

test('what stands in a cell is no figure because it looks like an error', () => {
	const filed = (typed: string) => problemsOf([HEADER, ['310115', '', '', typed, 5, '', '', '']]);
	expect(filed('#REF!')).toEqual(['error_cell@D2']);
	expect(filed('#REF')).toEqual(['number_unclear@D2']);
	expect(filed('#A')).toEqual(['number_unclear@D2']);
	expect(problemsOf([HEADER, ['310115', '', '', '锟斤拷', 5, '', '', '']])).toEqual([
		'lost_characters@D2'
	]);
	expect(
		problemsOf([HEADER, ['310115', '', '', '#REF!', 5, '', '', '']], {
			corrections: { D2: '#N/A' }
		})
	).toEqual(['number_unclear@D2']);
});
