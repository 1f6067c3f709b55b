import { expect, test } from 'vitest';
import type { Measure } from '#lib/datasets/dataset.ts';
import { dataset } from '../../../tests/files/dataset.ts';
import { readNumber, readReason } from './read-number.ts';

const [workers, , premium] = dataset.measures as [Measure, Measure, Measure];
const rate: Measure = { ...premium, unit: 'percent', value_type: 'number', min: -100, max: 100 };
const read = (typed: string, measure: Measure) => {
	const found = readNumber(typed, measure);
	if ('rule' in found) return found.rule;
	return 'value' in found ? found.value : 'reason' in found ? found.reason : 'blank';
};

test.each([
	['0', 0],
	['007', 7],
	['+12', 12],
	[' 12 ', 12],
	['12.0', 12],
	['12.', 'number_unclear'],
	['.5', 'number_unclear'],
	['１２３４', 1234],
	['\u202d12\u202c', 12],
	['12,345', 12345],
	['1,234,567', 1234567],
	['1,23', 'number_unclear'],
	['1234,567', 'number_unclear'],
	['1 234', 'number_unclear'],
	['1.21万', 12100],
	['0.29亿', 29000000],
	['1.23456万', 'not_integer'],
	['1,200万', 'number_unclear'],
	['12人', 'number_unclear'],
	['约12', 'number_unclear'],
	['0x1f', 'number_unclear'],
	['1e5', 'number_unclear'],
	['98%', 'percent_not_expected'],
	['1e400', 'not_finite'],
	['Infinity', 'not_finite'],
	['-∞', 'not_finite'],
	['NaN', 'not_finite'],
	['-3', 'negative'],
	['−3', 'negative'],
	['3.5', 'not_integer'],
	['999999999999999', 999999999999999],
	['1000000000000000', 'out_of_range'],
	['9'.repeat(400), 'not_finite'],
	['-', 'no_figure'],
	['——', 'no_figure'],
	['/', 'no_figure'],
	['N/A', 'no_figure'],
	['无', 'no_figure'],
	['迟报', 'late'],
	['LATE', 'late'],
	['', 'blank'],
	['\u200b', 'blank']
])('a number of people typed as “%s” is %s', (typed, expected) => {
	expect(read(typed, workers)).toBe(expected);
});

test.each([
	['12.50', 12.5],
	['12.500', 12.5],
	['12.345', 'too_many_decimals'],
	['1.21万', 12100],
	['1.2345678万', 'too_many_decimals'],
	['-0.01', 'negative'],
	['0.1', 0.1]
])('an amount in yuan typed as “%s” is %s', (typed, expected) => {
	expect(read(typed, premium)).toBe(expected);
});

test.each([
	['18%', 18],
	['18％', 18],
	['18', 18],
	['-5.5', -5.5],
	['100.01', 'above_maximum'],
	['-101', 'below_minimum']
])('a rate typed as “%s” is %s', (typed, expected) => {
	expect(read(typed, rate)).toBe(expected);
});

test.each([
	['not_collected', 'not_collected'],
	['未采集', 'not_collected'],
	[' Not Applicable ', 'not_applicable'],
	['涉密', 'confidential'],
	['稍后补报', 'late'],
	['忘了', null],
	['', null]
])('the reason “%s” is %s', (typed, expected) => {
	expect(readReason(typed)).toBe(expected);
});
