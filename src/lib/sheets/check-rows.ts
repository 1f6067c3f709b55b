import { cellAddress, columnLetters, type Area } from './cells.ts';
import { isAmbiguousDate } from './dates.ts';
import {
	ERROR_TEXT,
	firstColumn,
	MOST_PROBLEMS,
	SAMPLE,
	tidy,
	type SheetCells
} from './sheet-cells.ts';
import type { Column, Finding, Params, Problem, Row, Table } from './table.ts';

/** What is left of Chinese text that was once decoded wrongly. */
const LOST_TEXT = /[\ufffd\p{Cs}]|锟斤拷|烫烫烫/u;

/** Signs that no text of a table has, lost ones among them. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const ODD_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd\p{Cs}]|锟斤拷|烫烫烫/u;

const DECIMAL_TEXT = /^[+-]?(\d{1,3}(,\d{3})+|\d+)\.\d+$/;

const LONGEST_CELL = 32_767;

export function checkRows(
	sheet: SheetCells,
	columns: Column[],
	heads: Row[],
	headerRows: number,
	body: Row[],
	area: Area | null,
	format: Table['format'],
	found: Problem[]
): Problem[] {
	const head = heads[0];
	const titles = heads.map((row) => ({ at: firstColumn(row), words: wordsOf(row) }));
	const problems = found;
	const name = new Map(columns.map((column) => [column.index, column.name]));
	const add = (rule: string, row: number, column: number, value = '', params: Params = {}) => {
		if (problems.length > MOST_PROBLEMS) return;
		problems.push({
			rule,
			params: value ? { ...params, value: value.slice(0, 80) } : params,
			severity: 'error',
			sheet: sheet.name,
			cell: cellAddress(column, row),
			row,
			column: name.get(column) ?? columnLetters(column),
			value: value.slice(0, 200)
		});
	};
	const left = area?.left ?? 0;
	const right = area?.right ?? Infinity;
	for (const { row, cells } of heads) {
		const at = cells.findIndex((text) => LOST_TEXT.test(text));
		if (at >= 0) add('lost_characters', row, at, cells[at]);
	}
	const width = head?.cells.length ?? usualFields(body);
	let expected = head && format === 'xlsx' ? head.row + headerRows : (body[0]?.row ?? 0);
	for (const { row, cells, kinds } of body) {
		// A workbook leaves empty rows out of the file altogether.
		for (; !area && format === 'xlsx' && expected < row; expected++) {
			add('blank_row', expected, columns[0]?.index ?? 0);
			if (row - expected > 1000) break;
		}
		expected = row + 1;
		let filled = false;
		let numbers = 0;
		for (let i = left; i < cells.length && i <= right; i++) {
			const text = cells[i] ?? '';
			if (text === '') continue;
			filled ||= text.trim() !== '';
			const kind = kinds?.[i];
			if (kind === 'n') {
				numbers++;
				continue;
			}
			if (kind === 'e' || (text.charCodeAt(0) === 35 && ERROR_TEXT.test(text)))
				add('error_cell', row, i, text);
			else if (text.length > LONGEST_CELL)
				add('cell_too_long', row, i, '', { limit: LONGEST_CELL });
			else if (ODD_TEXT.test(text)) {
				if (LOST_TEXT.test(text))
					add('lost_characters', row, i, text.replace(/\p{Cs}/gu, '\ufffd'));
				else add('control_character', row, i, visible(text));
			}
		}
		const repeated = titles.find(
			({ at, words }, k) =>
				cells[at]?.trim() === heads[k]?.cells[at]?.trim() &&
				words.includes('\0') &&
				wordsOf({ row, cells }) === words
		);
		if (filled && repeated) {
			add('repeated_header', row, repeated.at);
			continue;
		}
		if (!filled) {
			if (!area) add('blank_row', row, columns[0]?.index ?? 0);
			continue;
		}
		if (numbers > 0) {
			for (let i = left; i < cells.length && i <= right; i++) {
				if (kinds?.[i] === 's' && DECIMAL_TEXT.test((cells[i] ?? '').trim())) {
					add('number_as_text', row, i, cells[i]);
				}
			}
		}
		if (format === 'csv' && cells.length !== width) {
			const extra = cells.findIndex((cell, i) => i >= width && cell.trim() !== '');
			const params = { found: cells.length, expected: width };
			if (cells.length < width) add('row_too_short', row, cells.length, '', params);
			else if (extra >= 0) add('row_too_long', row, extra, cells[extra], params);
		}
	}
	const inside = new Set(body.map(({ row }) => row));
	for (const cell of sheet.uncalculated) {
		const row = Number(cell.replace(/^[A-Z]+/, ''));
		if (!area && (inside.has(row) || row === head?.row)) {
			problems.push({
				rule: 'formula_without_value',
				params: {},
				severity: 'error',
				sheet: sheet.name,
				cell,
				row,
				column: cell.replace(/\d+$/, ''),
				value: ''
			});
		}
	}
	return problems;
}

/** A row of names, to be compared with another one. */
function wordsOf({ cells }: Row): string {
	return cells.map(tidy).join('\0').replace(/\0+$/, '');
}

/** Control characters as signs that can be seen. */
function visible(text: string): string {
	return text.replace(
		// eslint-disable-next-line no-control-regex -- control characters are what is looked for
		/[\u0000-\u001f]/g,
		(sign) => String.fromCharCode(0x2400 + sign.charCodeAt(0))
	);
}

function usualFields(body: Row[]): number {
	return Math.max(0, ...body.slice(0, SAMPLE).map(({ cells }) => cells.length));
}

export function ambiguousDates(columns: Column[], body: Row[]): Finding | null {
	for (const { row, cells, kinds } of body) {
		for (const { index, name } of columns) {
			const text = cells[index];
			if (text === undefined || text.length < 6 || kinds?.[index] === 'd' || kinds?.[index] === 'n')
				continue;
			const sign =
				text.charCodeAt(1) === 47 ||
				text.charCodeAt(2) === 47 ||
				text.charCodeAt(1) === 45 ||
				text.charCodeAt(2) === 45;
			if (sign && isAmbiguousDate(text.trim())) {
				return {
					rule: 'ambiguous_date',
					params: { column: name, value: text.trim().slice(0, 20), cell: cellAddress(index, row) }
				};
			}
		}
	}
	return null;
}
