import { cellAddress, type Area } from './cells.ts';
import { ERROR_TEXT, firstColumn, SAMPLE, type Answers, type SheetCells } from './sheet-cells.ts';
import type { Finding, Row, Stamp, Table } from './table.ts';

export type Header = {
	index: number | null;
	headerRows: number;
	doubts: Finding[];
	area: Area | null;
};

export function findHeader(
	sheet: SheetCells,
	filled: Row[],
	format: Table['format'],
	answers: Answers,
	stamp: Stamp | null
): Header {
	const at = (row: number) => sheet.rows.findIndex((candidate) => candidate.row === row);
	const headerRows = answers.header_rows ?? 1;
	if (answers.header_row === 0) return { index: null, headerRows, doubts: [], area: null };
	if (answers.header_row !== undefined && at(answers.header_row) >= 0) {
		return { index: at(answers.header_row), headerRows, doubts: [], area: null };
	}
	const first = filled[0];
	if (!first) return { index: null, headerRows, doubts: [], area: null };
	if (stamp && stamp.sheet === sheet.name) {
		return {
			index: sheet.rows.indexOf(first),
			headerRows: stamp.header_rows,
			doubts: [],
			area: null
		};
	}
	const declared = [...sheet.tables].sort((a, b) => size(b.area) - size(a.area))[0];
	if (declared) {
		const index = declared.headerRows > 0 ? at(declared.area.top) : -1;
		const doubts = holdsMost(sheet, declared.area)
			? []
			: [{ rule: 'several_tables', params: { row: declared.area.top } }];
		return { index: index < 0 ? null : index, headerRows: 1, doubts, area: declared.area };
	}

	const sample = filled.slice(0, SAMPLE);
	const width = usualWidth(sample);
	const enough = Math.max(Math.min(width, 2), Math.ceil(width * 0.6));
	const candidate = sample.find((row) => names(row) >= enough) ?? first;
	const [head, rows] = headerBlock(sheet, sample, candidate);
	const doubts: Finding[] = [];
	const cell = cellAddress(firstColumn(head), head.row);
	if (head !== first) doubts.push({ rule: 'rows_above_header', params: { row: head.row, cell } });
	if (rows > 1) {
		doubts.push({ rule: 'merged_header', params: { row: head.row, cell } });
		return { index: sheet.rows.indexOf(head), headerRows: rows, doubts, area: null };
	}
	if (hasData(candidate)) {
		if (doubts.length === 0 && isHeaderless(candidate, sample[1], format)) {
			return { index: null, headerRows, doubts, area: null };
		}
		doubts.push({ rule: 'no_header', params: { row: candidate.row, cell } });
	} else if (isSecondHeader(sample, sample.indexOf(candidate) + 1)) {
		doubts.push({ rule: 'second_header_row', params: { row: candidate.row + 1, cell } });
		return { index: sheet.rows.indexOf(candidate), headerRows: 2, doubts, area: null };
	}
	return { index: sheet.rows.indexOf(candidate), headerRows, doubts, area: null };
}

/** Headers of more rows than these are no table's. */
const MOST_HEADER_ROWS = 3;

/**
 * The first row of the header and how many rows it has. Rows of groups stand above the row that names the columns:
 * cells are merged there over several columns, or name a column that is not named again below.
 */
function headerBlock(sheet: SheetCells, sample: Row[], candidate: Row): [Row, number] {
	const near = sheet.merges.filter(
		({ top, bottom }) =>
			bottom > candidate.row - MOST_HEADER_ROWS && top < candidate.row + MOST_HEADER_ROWS
	);
	const isMerged = ({ row }: Row) =>
		near.some(({ top, bottom, left, right }) => top <= row && bottom >= row && right > left);
	const below = sample[sample.indexOf(candidate) + 1];
	const isGroup = (row: Row) =>
		names(row) >= 2 &&
		(isMerged(row) ||
			(!hasData(row) &&
				below?.cells.some(
					(cell, i) => cell.trim() && row.cells[i]?.trim() && !candidate.cells[i]?.trim()
				)));
	let at = sample.indexOf(candidate);
	while (candidate.row - (sample[at]?.row ?? 0) < MOST_HEADER_ROWS - 1) {
		const above = sample[at - 1];
		if (!above || above.row !== (sample[at]?.row ?? 0) - 1 || !isGroup(above)) break;
		at--;
	}
	const head = sample[at] ?? candidate;
	let bottom = candidate.row;
	if (head === candidate && isMerged(candidate) && below) {
		bottom++;
		// A name beside the groups is merged over all their rows.
		for (const area of near) {
			if (area.top !== head.row || area.left !== area.right) continue;
			bottom = Math.max(bottom, Math.min(area.bottom, head.row + MOST_HEADER_ROWS - 1));
		}
	}
	return [head, sample.filter(({ row }) => row >= head.row && row <= bottom).length];
}

/** Signs for no figure are data; what else stands above figures without being one belongs to the header. */
const NO_FIGURE = /^[-–—－/\\.…*]+$|^(无|没有|空|暂无|缺|n\/?a|null|none|nil)$/i;

/** A row of units or of sub-names: words in the columns that hold figures in all rows below, and in no other. */
function isSecondHeader(sample: Row[], at: number): boolean {
	const [row, ...rest] = sample.slice(at, at + 30);
	if (!row || rest.length === 0 || hasData(row)) return false;
	const columns = Math.max(...rest.map(({ cells }) => cells.length));
	let words = 0;
	let figures = 0;
	for (let i = 0; i < columns; i++) {
		const below = rest.map(({ cells }) => cells[i]?.trim() ?? '').filter(Boolean);
		const text = row.cells[i]?.trim() ?? '';
		if (below.length * 2 < rest.length) continue;
		if (!below.every((one) => NUMBER.test(one))) {
			// The places and kinds of a first row of data.
			if (text && !/^(计量)?单位$|^units?$/i.test(text)) return false;
			continue;
		}
		figures++;
		if (text && !NO_FIGURE.test(text) && !ERROR_TEXT.test(text) && !/\d/.test(text)) words++;
	}
	return words > 0 && words * 3 >= figures * 2;
}

function size({ top, left, bottom, right }: Area): number {
	return (bottom - top + 1) * (right - left + 1);
}

function holdsMost(sheet: SheetCells, area: Area): boolean {
	let inside = 0;
	let all = 0;
	for (const { row, cells } of sheet.rows) {
		for (let i = 0; i < cells.length; i++) {
			if (cells[i] === '') continue;
			all++;
			if (row >= area.top && row <= area.bottom && i >= area.left && i <= area.right) inside++;
		}
	}
	return inside * 3 >= all * 2;
}

function names(row: Row): number {
	return row.cells.filter((cell) => cell.trim() !== '').length;
}

/** How many cells most rows fill; of two equally common numbers the greater. Lines of one cell stand around tables. */
function usualWidth(rows: Row[]): number {
	const widths = rows.map(names);
	const wide = widths.filter((filled) => filled > 1);
	const counts = new Map<number, number>();
	for (const filled of wide.length * 4 >= widths.length ? wide : widths) {
		counts.set(filled, (counts.get(filled) ?? 0) + 1);
	}
	let width = 0;
	let most = 0;
	for (const [filled, count] of counts) {
		if (count > most || (count === most && filled > width)) [width, most] = [filled, count];
	}
	return width;
}

const NUMBER = /^[+-]?(\d{1,3}([,，]\d{3})+|\d+)(\.\d+)?%?$/;

const YEAR = /^(19|20)\d{2}([-/.年]?(0?[1-9]|1[0-2])月?|年|[-]?Q[1-4])?$/i;

/** True when a row holds figures and so is not a row of names. Years and months are names. */
function hasData(row: Row): boolean {
	return row.cells.some((cell, i) => {
		const text = cell.trim();
		const kind = row.kinds?.[i];
		if (kind === 'd' || kind === 'b') return true;
		return NUMBER.test(text) && !(YEAR.test(text) && i > firstColumn(row));
	});
}

/**
 * Only a workbook says of a cell that it is a number, so only there is "no header" beyond doubt: a row of
 * figures alone, or a first row built like the second.
 */
function isHeaderless(first: Row, second: Row | undefined, format: Table['format']): boolean {
	if (format !== 'xlsx' || !first.kinds) return false;
	if (!first.kinds.includes('n') && !first.kinds.includes('d')) return false;
	return !second || first.kinds.trimEnd() === second.kinds?.trimEnd();
}
