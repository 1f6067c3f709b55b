import { columnIndex } from './cells.ts';
import type { Problem, Row, Table } from './table.ts';

/** What is wrong with the shape of a row or of the file: no new value in one cell makes it right. */
const NOT_BY_A_VALUE = new Set([
	'row_too_short',
	'row_too_long',
	'record_too_long',
	'unclosed_quote',
	'stray_quote',
	'blank_row',
	'repeated_header',
	'covered_cell',
	'other_unit',
	'other_unit_above',
	'note_row',
	'total_row',
	'duplicate',
	'counted_twice',
	'locked_cell_added',
	'locked_cell_removed'
]);
const SINGLE_CELL = /^([A-Z]{1,3})(\d{1,7})$/;

/** Whether a problem may be solved by writing another value into its cell. */
export function isCorrectable({ severity, cell, rule }: Problem): boolean {
	return severity === 'error' && SINGLE_CELL.test(cell) && !NOT_BY_A_VALUE.has(rule);
}

/**
 * The table with other values in the given cells (address → text). A cell outside the rows of the table is left
 * alone. What the reader found wrong with a corrected cell no longer holds; the check says what holds now.
 */
export function correctTable(table: Table, corrections: Record<string, string> = {}): Table {
	const byRow = new Map<number, [number, string][]>();
	for (const [cell, text] of Object.entries(corrections)) {
		const [, letters = '', digits = ''] = SINGLE_CELL.exec(cell) ?? [];
		if (!letters) continue;
		const row = Number(digits);
		byRow.set(row, [...(byRow.get(row) ?? []), [columnIndex(letters), text]]);
	}
	if (byRow.size === 0) return table;
	return {
		...table,
		rows: table.rows.map((row) => corrected(row, byRow.get(row.row))),
		problems: table.problems.filter(({ cell }) => corrections[cell] === undefined)
	};
}

function corrected(row: Row, changes: [number, string][] | undefined): Row {
	if (!changes) return row;
	const cells = [...row.cells];
	const kinds = [...(row.kinds ?? '')];
	for (const [column, text] of changes) {
		while (cells.length <= column) cells.push('');
		cells[column] = text;
		// What was typed into the form is text, whatever the workbook said of the cell.
		while (row.kinds !== undefined && kinds.length <= column) kinds.push(' ');
		if (row.kinds !== undefined) kinds[column] = 's';
	}
	return row.kinds === undefined
		? { row: row.row, cells }
		: { row: row.row, cells, kinds: kinds.join('') };
}
