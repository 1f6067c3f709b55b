import { expect, test } from 'vitest';
import { sheetOf } from '../../../tests/files/sheet.ts';
import { findHeader } from './find-header.ts';
import { isFilled, type Answers, type SheetCells } from './sheet-cells.ts';
import type { Stamp } from './table.ts';

/** The row of the header, how many rows it has, and what is asked about it. */
function header(sheet: SheetCells, answers: Answers = {}, stamp: Stamp | null = null) {
	const format = sheet.rows[0]?.kinds === undefined ? 'csv' : 'xlsx';
	const found = findHeader(sheet, sheet.rows.filter(isFilled), format, answers, stamp);
	const row = found.index === null ? null : (sheet.rows[found.index]?.row ?? null);
	return [row, found.headerRows, ...found.doubts.map(({ rule }) => rule)];
}

const names = ['地区', '在册人数', '参保人数'];
const data = ['浦东新区', 12, 10];
const merged = (top: number, left: number, bottom: number, right: number) => ({
	merges: [{ top, left, bottom, right }]
});

test.each([
	['the first row of names', sheetOf([names, data]), [1, 1]],
	['years are names', sheetOf([['地区', 2024, 2025], data]), [1, 1]],
	['below a title', sheetOf([['月报'], names, data, data]), [2, 1, 'rows_above_header']],
	[
		'none above figures alone',
		sheetOf([
			[310115, 12, 10],
			[310101, 5, 3]
		]),
		[null, 1]
	],
	['none where the first row is built like the second', sheetOf([data, data]), [null, 1]],
	['perhaps none in a text file', sheetOf([data, data], { csv: true }), [1, 1, 'no_header']],
	[
		'a row of units below the names',
		sheetOf([names, ['', '人', '人'], data, data]),
		[1, 2, 'second_header_row']
	],
	[
		'a first row without figures is data',
		sheetOf([names, ['黄浦区', '—', '—'], data, data]),
		[1, 1]
	],
	[
		'groups merged above the names',
		sheetOf([['地区', '人数', ''], ['', '在册', '参保'], data], merged(1, 1, 1, 2)),
		[1, 2, 'merged_header']
	]
])('the header: %s', (_, sheet, expected) => {
	expect(header(sheet)).toEqual(expected);
});

test('the header that a person points at is no question', () => {
	const sheet = sheetOf([['月报'], names, data]);
	expect(header(sheet, { header_row: 2 })).toEqual([2, 1]);
	expect(header(sheet, { header_row: 1, header_rows: 2 })).toEqual([1, 2]);
	expect(header(sheet, { header_row: 0 })).toEqual([null, 1]);
	expect(header(sheet, { header_row: 99 })).toEqual([2, 1, 'rows_above_header']);
});

test('a template’s header is where its stamp says', () => {
	const stamp = { sheet: '表', header_rows: 2 } as Stamp;
	expect(header(sheetOf([names, ['a', 'b', 'c'], data]), {}, stamp)).toEqual([1, 2]);
	expect(header(sheetOf([names, data], { name: '别的' }), {}, stamp)).toEqual([1, 1]);
});

test('a table that a workbook declares has its own header, and most of the sheet should be in it', () => {
	const rows = [['说明'], null, names, data, data];
	const area = (bottom: number) => ({
		tables: [{ area: { top: 3, left: 0, bottom, right: 2 }, headerRows: 1 }]
	});
	expect(header(sheetOf(rows, area(5)))).toEqual([3, 1]);
	expect(header(sheetOf([...rows, data, data, data], area(4)))).toEqual([3, 1, 'several_tables']);
});
