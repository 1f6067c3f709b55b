import { expect, test } from 'vitest';
import { sheetOf } from '../../../tests/files/sheet.ts';
import { chooseSheet, findPlaceholder, isProblemList, readStamp } from './choose-sheet.ts';
import { PROBLEM_LIST, STAMP_SHEET, type Answers, type SheetCells } from './sheet-cells.ts';
import type { Stamp } from './table.ts';

const sheet = (name: string, rows: number, changed: Partial<SheetCells> = {}) =>
	sheetOf(
		Array.from({ length: rows }, () => ['甲', 1]),
		{ name, ...changed }
	);
const declared = { tables: [{ area: { top: 1, left: 0, bottom: 3, right: 1 }, headerRows: 1 }] };

function chosen(listed: SheetCells[], answers: Answers = {}, stamp: Stamp | null = null) {
	const filled = listed.filter(({ rows }) => rows.length > 0);
	const { chosen, doubts } = chooseSheet(listed, filled, stamp, answers);
	return [chosen.name, ...doubts.map(({ rule }) => rule)];
}

test.each([
	['the only one', [sheet('一', 3)], ['一']],
	['the first of an empty second', [sheet('一', 3), sheet('二', 0)], ['一']],
	[
		'the filled one behind an empty one',
		[sheet('一', 0), sheet('二', 3)],
		['二', 'not_first_sheet']
	],
	['the longest of several', [sheet('一', 3), sheet('二', 9)], ['二', 'which_sheet']],
	['the first of equals', [sheet('一', 3), sheet('二', 3)], ['一', 'which_sheet']],
	[
		'one that can be seen rather than a longer hidden one',
		[sheet('一', 3), sheet('二', 9, { hidden: true })],
		['一', 'hidden_sheet']
	],
	['a hidden one where all are', [sheet('一', 3, { hidden: true })], ['一', 'hidden_sheet']],
	[
		'without a question where each declares its table',
		[sheet('一', 3, declared), sheet('二', 9, declared)],
		['二']
	]
])('the sheet that is read: %s', (_, listed, expected) => {
	expect(chosen(listed)).toEqual(expected);
});

test('what a person or a template says of the sheet is no question', () => {
	const listed = [sheet('一', 9), sheet('二', 3, { hidden: true })];
	expect(chosen(listed, { sheet: '二' })).toEqual(['二']);
	expect(chosen(listed, { sheet: '三' })).toEqual(['一', 'hidden_sheet']);
	const stamp = { sheet: '二' } as Stamp;
	expect(chosen(listed, {}, stamp)).toEqual(['二']);
	expect(chosen(listed, { sheet: '一' }, stamp)).toEqual(['一']);
});

test('a template’s stamp is read from its hidden sheet only, and names a sheet that is there', () => {
	const fields = [
		['dataset', 'platform_monthly'],
		['version', '3'],
		['organisation', 'ours'],
		['period', '2026-03'],
		['sheet', '填报'],
		['header_rows', '2']
	];
	const stamped = (changed: Partial<SheetCells>, named = '填报') =>
		readStamp([sheet(named, 3), sheetOf(fields, { name: STAMP_SHEET, hidden: true, ...changed })]);
	expect(stamped({})).toEqual({
		dataset: 'platform_monthly',
		version: 3,
		organisation: 'ours',
		period: '2026-03',
		sheet: '填报',
		header_rows: 2
	});
	expect(stamped({ hidden: false })).toBeNull();
	expect(stamped({}, '别的')).toBeNull();
	expect(readStamp([sheet('填报', 3)])).toBeNull();
});

test.each([
	['{{workers}}', true],
	['${total}', true],
	['{ 在册人数 }', true],
	['见附件{1}', false],
	['{}', false],
	['按 {地区} 填写', false]
])('“%s” was to be filled in by a program: %s', (cell, expected) => {
	const found = findPlaceholder(sheetOf([['在册人数'], [cell]]));
	expect(found).toEqual(expected ? { cell: 'A2', value: cell } : null);
});

test('the list of problems in a marked file is no sheet of data, in either language', () => {
	for (const names of Object.values(PROBLEM_LIST)) {
		expect(isProblemList(sheetOf([[...names], ['D2', '', '', '', '']]))).toBe(true);
		expect(isProblemList(sheetOf([null, [...names]]))).toBe(false);
	}
	expect(isProblemList(sheet('一', 3))).toBe(false);
});
