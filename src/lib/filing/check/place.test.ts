import { expect, test } from 'vitest';
import { HEADER, check, problemsOf } from '../../../../tests/files/check.ts';

test.each([
	['310103', 'withdrawn_region'],
	['卢湾区', 'withdrawn_region'],
	['320583', 'region_outside'],
	['310199', 'unknown_region'],
	['某某区', 'unknown_region'],
	['合计', 'total_row'],
	['总　计', 'total_row'],
	['全市合计', 'total_row'],
	['310115 黄浦区', 'region_code_and_name_differ'],
	['黄浦区（310115）', 'region_code_and_name_differ'],
	['320583 昆山市', 'region_outside'],
	['310115、310101', 'unknown_region'],
	['310115-310120', 'unknown_region'],
	['310115.5', 'unknown_region'],
	['3.10115E+11', 'rounded_code'],
	['注：在册人数含兼职', 'note_row'],
	['填表人：张三　审核人：李四', 'note_row'],
	['', 'region_missing']
])('the region %s is answered with %s', (typed, rule) => {
	expect(problemsOf([HEADER, [typed, '', '', 5, 5, '', '', '']])).toEqual([`${rule}@A2`]);
});

test.each([
	'310115.0',
	'310115000000',
	"'310115",
	'３１０１１５',
	'310115浦东新区',
	'310115 浦东',
	'浦东新区（310115）',
	'浦东新区\u200b',
	'浦 东 新 区',
	'Pudong New Area'
])('the region “%s” is 浦东新区', (typed) => {
	const { entries } = check([HEADER, [typed, '', '', 5, 5, '', '', '']]);
	expect(entries.map(({ region_code }) => region_code)).toEqual(['310115', '310115']);
});

test('a note below the table is told once, in whichever column it begins', () => {
	const header = ['序号', ...HEADER];
	const rows = [
		header,
		['1', '310115', '', '', 5, 5, '', '', ''],
		['备注：人数含兼职', '', '', '', '', '', '', '', '']
	];
	expect(problemsOf(rows)).toEqual(['note_row@A3']);
});
