import { expect, test } from 'vitest';
import { sheetOf } from '../../../tests/files/sheet.ts';
import { looksLikeForm } from './looks-like-form.ts';

const row = (at: number): (string | number)[] => [`街道${at}`, at, at * 2];
const table = [['地区', '在册', '参保'], ...Array.from({ length: 9 }, (_, at) => row(at))];
const form = [
	['企业名称', '甲公司', '', '', '联系人', '张三'],
	['地址', '某路 1 号', '', '', '电话', 123],
	['', '', '', '', '', ''],
	['', '', '', '', '', ''],
	['项目', '人数', '备注', '', '盖章', ''],
	['在册', 12, '含兼职', '', '日期', '三月']
];

test.each([
	['a table', table, false],
	['a table with a gap', [...table.slice(0, 4), null, null, ...table.slice(4)], false],
	['a table below its title', [['月报'], null, ...table], false],
	['a form to be looked at', form, true]
])('%s is a form: %s', (_, rows, expected) => {
	expect(looksLikeForm(sheetOf(rows))).toBe(expected);
});

test('a text file has no blocks beside each other', () => {
	expect(looksLikeForm(sheetOf(form, { csv: true }))).toBe(false);
});
