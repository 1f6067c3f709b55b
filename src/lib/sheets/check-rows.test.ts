import { expect, test } from 'vitest';
import { sheetOf } from '../../../tests/files/sheet.ts';
import { ambiguousDates } from './check-rows.ts';
import { cutTable } from './cut-table.ts';
import type { SheetCells } from './sheet-cells.ts';

const header = { index: 0, headerRows: 1, doubts: [], area: null };
const problems = (sheet: SheetCells) =>
	cutTable(sheet, header, sheet.rows[0]?.kinds === undefined ? 'csv' : 'xlsx').problems.map(
		({ rule, cell }) => `${rule}@${cell}`
	);

const names = ['地区', '在册人数'];

test.each([
	['#REF!', 'error_cell@B2'],
	['#N/A', 'error_cell@B2'],
	['#REF', null],
	['锟斤拷', 'lost_characters@B2'],
	['\ufffd', 'lost_characters@B2'],
	['1\u0007', 'control_character@B2'],
	['1\n2', null],
	['x'.repeat(32_767), null],
	['x'.repeat(32_768), 'cell_too_long@B2']
])('of a cell like %.12s is told %s', (cell, expected) => {
	expect(problems(sheetOf([names, ['浦东新区', cell]]))).toEqual(expected ? [expected] : []);
});

test('what is lost in the header is told too', () => {
	expect(
		problems(
			sheetOf([
				['地区', '人\ufffd'],
				['浦东新区', 1]
			])
		)
	).toEqual(['lost_characters@B1']);
});

test('the row of names is told where it stands again', () => {
	const rows = [names, ['甲', 1], names, ['乙', 2]];
	expect(problems(sheetOf(rows))).toEqual(['repeated_header@A3']);
});

test('a gap in the rows is told, also where a workbook leaves them out', () => {
	expect(problems(sheetOf([names, ['甲', 1], null, null, ['乙', 2]]))).toEqual([
		'blank_row@A3',
		'blank_row@A4'
	]);
	expect(problems(sheetOf([names, ['甲', 1], ['', ''], ['乙', 2]], { csv: true }))).toEqual([
		'blank_row@A3'
	]);
});

test('a line of a text file has as many cells as its header', () => {
	const rows = [names, ['甲'], ['乙', 1, ''], ['丙', 1, 2]];
	expect(problems(sheetOf(rows, { csv: true }))).toEqual(['row_too_short@B2', 'row_too_long@C4']);
	expect(problems(sheetOf(rows))).toEqual([]);
});

test('a decimal kept as text among numbers is told, a code is not', () => {
	const rows = [
		[...names, '金额'],
		['310115', '12.50', 3]
	];
	expect(problems(sheetOf(rows))).toEqual(['number_as_text@B2']);
});

test('a formula that was never calculated has no value', () => {
	const sheet = sheetOf([names, ['甲', '']], { uncalculated: ['B2', 'B9'] });
	expect(problems(sheet)).toEqual(['formula_without_value@B2']);
});

test.each([
	['02/01/2014', true],
	['2-1-14', true],
	['31/12/2012', false],
	['02/02/2014', false],
	['2014-01-02', false],
	['2.1.2014', false],
	['13/14/2014', false]
])('the order of day and month in %s is asked for: %s', (text, expected) => {
	const column = { index: 0, letters: 'A', name: '日期' };
	const found = ambiguousDates([column], [{ row: 2, cells: [text] }]);
	expect(found?.params ?? null).toEqual(
		expected ? { column: '日期', value: text, cell: 'A2' } : null
	);
	expect(ambiguousDates([column], [{ row: 2, cells: [text], kinds: 'd' }])).toBeNull();
});
