import { cellAddress } from './cells.ts';
import type { Draft } from './cut-table.ts';
import { PROBLEM_LIST, SAMPLE, STAMP_SHEET, type Answers, type SheetCells } from './sheet-cells.ts';
import type { Finding, Params, Stamp } from './table.ts';

export function isProblemList({ rows: [first] }: SheetCells): boolean {
	return Object.values(PROBLEM_LIST).some(
		(names) => first?.row === 1 && names.every((name, at) => first.cells[at] === name)
	);
}

export function readStamp(sheets: SheetCells[]): Stamp | null {
	const cells = sheets.find(({ name, hidden }) => name === STAMP_SHEET && hidden)?.rows;
	if (!cells) return null;
	const fields = new Map(cells.map(({ cells: [key, value] }) => [key, value ?? '']));
	const sheet = fields.get('sheet') ?? '';
	if (!sheets.some(({ name }) => name === sheet)) return null;
	return {
		dataset: fields.get('dataset') ?? '',
		version: Number(fields.get('version')) || 0,
		organisation: fields.get('organisation') ?? '',
		period: fields.get('period') ?? '',
		sheet,
		header_rows: fields.get('header_rows') === '1' ? 1 : 2
	};
}

export function chooseSheet(
	listed: SheetCells[],
	filled: SheetCells[],
	stamp: Stamp | null,
	answers: Answers
) {
	const doubts: Finding[] = [];
	const named = answers.sheet ?? stamp?.sheet;
	const confirmed = listed.find(({ name }) => name === named);
	if (confirmed) return { chosen: confirmed, doubts };

	const visible = filled.filter(({ hidden }) => !hidden);
	const candidates = visible.length ? visible : filled;
	const sizes = new Map(candidates.map((sheet) => [sheet, sheet.rows.length]));
	const chosen = candidates.reduce((best, sheet) =>
		(sizes.get(sheet) ?? 0) > (sizes.get(best) ?? 0) ? sheet : best
	);
	const params = { sheet: chosen.name };
	if (filled.some(({ hidden }) => hidden)) doubts.push({ rule: 'hidden_sheet', params });
	// A table that the workbook declares is no guess, however many sheets have one.
	const declared = visible.length > 0 && visible.every(({ tables }) => tables.length > 0);
	if (visible.length > 1 && !declared) {
		doubts.push({ rule: 'which_sheet', params: { ...params, count: visible.length } });
	} else if (!declared && listed[0] !== chosen && doubts.length === 0) {
		doubts.push({ rule: 'not_first_sheet', params });
	}
	return { chosen, doubts };
}

/** What fills its whole cell; a remark may well hold a name in braces. */
const PLACEHOLDER = /^\s*\$?\{\{?\s*\.?[\p{L}_][\p{L}\w.]*\s*\}?\}\s*$/u;

export function findPlaceholder(sheet: SheetCells): Params | null {
	for (const { row, cells } of sheet.rows.slice(0, SAMPLE)) {
		for (const [column, cell] of cells.entries()) {
			if (cell.includes('{') && PLACEHOLDER.test(cell)) {
				return { cell: cellAddress(column, row), value: cell.slice(0, 40) };
			}
		}
	}
	return null;
}

/** Whoever looks at the sheet does not see what is hidden or filtered away, yet it stands in the file. */
export function hiddenCells({ name, unseen }: SheetCells, { body, columns }: Draft): Finding[] {
	if (!unseen) return [];
	const isHidden = (index: number) =>
		unseen.columns.some(([first, last]) => index >= first && index <= last);
	const row = body.find(({ row }) => unseen.rows.has(row));
	const column = columns.find(({ index }) => isHidden(index));
	const first = column?.index ?? columns[0]?.index ?? 0;
	if (!row && !column) return [];
	const count =
		body.filter(({ row }) => unseen.rows.has(row)).length +
		columns.filter(({ index }) => isHidden(index)).length;
	const cell = cellAddress(first, row?.row ?? body[0]?.row ?? 1);
	return [{ rule: 'hidden_cells', params: { sheet: name, cell, count } }];
}
