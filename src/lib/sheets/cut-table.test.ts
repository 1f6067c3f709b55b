import { expect, test } from 'vitest';
import { sheetOf } from '../../../tests/files/sheet.ts';
import { cutTable } from './cut-table.ts';
import type { SheetCells } from './sheet-cells.ts';

function cut(sheet: SheetCells, index: number | null = 0, headerRows = 1) {
	const format = sheet.rows[0]?.kinds === undefined ? 'csv' : 'xlsx';
	return cutTable(sheet, { index, headerRows, doubts: [], area: null }, format);
}
const rules = (found: { rule: string }[]) => found.map(({ rule }) => rule);
const namesOf = (sheet: SheetCells, headerRows = 1) =>
	cut(sheet, 0, headerRows).columns.map(({ letters, name }) => `${letters} ${name}`);

test('columns have the names of the header without line breaks and doubled spaces', () => {
	expect(
		namesOf(
			sheetOf([
				[' 地区\n名称 ', '在册  人数'],
				['浦东新区', 1]
			])
		)
	).toEqual(['A 地区 名称', 'B 在册 人数']);
});

test('a column without a name that holds something is asked about, an empty one is none', () => {
	const found = cut(
		sheetOf([
			['地区', '', '', '人数'],
			['浦东新区', '', '?', 1]
		])
	);
	expect(found.columns.map(({ name }) => name)).toEqual(['地区', 'C', '人数']);
	expect(rules(found.doubts)).toEqual(['unnamed_column']);
});

test('groups and the names below them are one name; a merged group reaches over its columns', () => {
	const rows = [
		['地区', '人数', '', '金额'],
		['', '在册', '参保', '']
	];
	const merges = [{ top: 1, left: 1, bottom: 1, right: 2 }];
	const expected = ['A 地区', 'B 人数 · 在册', 'C 人数 · 参保', 'D 金额'];
	expect(namesOf(sheetOf([...rows, ['浦东新区', 1, 2, 3]], { merges }), 2)).toEqual(expected);
	// A text file knows no merged cells.
	expect(namesOf(sheetOf([...rows, ['浦东新区', 1, 2, 3]], { csv: true }), 2)).toEqual(expected);
});

test('two columns of one name are asked about, whatever their case', () => {
	expect(
		rules(
			cut(
				sheetOf([
					['Name', 'name'],
					['a', 'b']
				])
			).doubts
		)
	).toEqual(['same_name_twice']);
});

test.each([
	['a line break in a text file', ['地\n区', '人数'], true, ['control_characters_in_header']],
	['a line break in a workbook', ['地\n区', '人数'], false, []],
	['a bell in a workbook', ['地\u0007区', '人数'], false, ['control_characters_in_header']],
	['single quotes around every name', ["'地区'", "'人数'"], true, ['single_quotes']]
])('%s: %j', (_, head, csv, expected) => {
	expect(rules(cut(sheetOf([head, ['浦东新区', 1]], { csv })).doubts)).toEqual(expected);
});

test('a text merged over rows is the text of each, and the sheet itself stays as it was read', () => {
	const sheet = sheetOf(
		[
			['地区', '人数'],
			['浦东新区', 1],
			['', 2]
		],
		{
			merges: [{ top: 2, left: 0, bottom: 3, right: 0 }]
		}
	);
	const before = structuredClone(sheet);
	const first = cut(sheet);
	expect(first.body.map(({ cells }) => cells[0])).toEqual(['浦东新区', '浦东新区']);
	expect(first.problems).toEqual([]);
	expect(sheet).toEqual(before);
	expect(cut(sheet)).toEqual(first);
});

test('a figure merged over rows stands in the first, and what is hidden beneath a merged cell is told', () => {
	const merges = [{ top: 2, left: 1, bottom: 3, right: 1 }];
	const figure = cut(
		sheetOf(
			[
				['地区', '人数'],
				['甲', 1],
				['乙', '']
			],
			{ merges }
		)
	);
	expect(figure.body.map(({ cells }) => cells[1])).toEqual(['1', '']);
	const beneath = cut(
		sheetOf(
			[
				['地区', '人数'],
				['甲', 1],
				['乙', 2]
			],
			{ merges }
		)
	);
	expect(beneath.problems).toMatchObject([
		{ rule: 'covered_cell', cell: 'B3', params: { value: '2', shown: '1' } }
	]);
});

test('rows without anything at the end are no rows', () => {
	const found = cut(
		sheetOf([
			['地区', '人数'],
			['甲', 1],
			['', ''],
			['  ', '']
		])
	);
	expect(found.body).toHaveLength(1);
	expect(found.problems).toEqual([]);
});
