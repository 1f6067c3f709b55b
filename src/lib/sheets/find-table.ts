import { cellAddress, columnLetters, type Area } from './cells.ts';
import { isAmbiguousDate } from './dates.ts';
import { looksLikeForm } from './looks-like-form.ts';
import type {
	Column,
	Finding,
	Params,
	Problem,
	Row,
	SheetSummary,
	Stamp,
	Table,
	Verdict
} from './table.ts';

/** A sheet as it was read, before anyone knows where its table is. A CSV is one sheet without a name. */
export type SheetCells = {
	name: string;
	hidden: boolean;
	rows: Row[];
	merges: Area[];
	tables: { area: Area; headerRows: number }[];
	uncalculated: string[];
	/** What a reader of the sheet does not see: numbers of rows, and columns from 0 as pairs of first and last. */
	unseen?: { rows: Set<number>; columns: [number, number][] };
};

/** What a person confirmed in the mapping step. Each answer removes its question. */
export type Answers = {
	encoding?: string;
	delimiter?: string;
	/** The sheet's name. */
	sheet?: string;
	/** As the spreadsheet counts; 0 when the table has no header. */
	header_row?: number;
	header_rows?: number;
	/** The order of day and month in dates such as 02/01/2014. */
	dates?: 'day_first' | 'month_first';
};

export const STAMP_SHEET = '_xiezhi';

/** The header of the list of problems in a file that was sent back marked: the sheet is no data. */
export const PROBLEM_LIST = {
	'zh-CN': ['单元格', '列', '填写的内容', '问题与改法', '规则'],
	en: ['Cell', 'Column', 'What stands there', 'What is wrong, and what to do', 'Rule']
} as const;
const PREVIEW_ROWS = 20;
const TOP_ROWS = 15;
const PREVIEW_COLUMNS = 50;
const PREVIEW_CHARACTERS = 200;
/** A file with more is not the table that is wanted. */
const MOST_PROBLEMS = 200_000;
/** Enough rows to know how a table is built. */
const SAMPLE = 1000;

type Draft = {
	header: number | null;
	headerRows: number;
	left: number;
	columns: Column[];
	body: Row[];
	doubts: Finding[];
	problems: Problem[];
};

type Given = Pick<Table, 'format' | 'encoding' | 'delimiter'> & {
	doubts: Finding[];
	problems: Problem[];
};

/**
 * Finds the table in a file: which sheet, which header row, which columns, which rows. Whatever is in doubt becomes
 * a question, never a silent guess.
 */
export function findTable(sheets: SheetCells[], given: Given, answers: Answers = {}): Table {
	const stamp = readStamp(sheets);
	const listed = sheets.filter((sheet) => sheet.name !== STAMP_SHEET && !isProblemList(sheet));
	const filled = listed.filter((sheet) => sheet.rows.some(isFilled));
	if (filled.length === 0) return refuse(given, sheets.length ? 'empty_file' : 'no_sheet');

	const { chosen, doubts } = chooseSheet(listed, filled, stamp, answers);
	const unfilled = findPlaceholder(chosen);
	if (unfilled) return refuse(given, 'template_unfilled', unfilled, chosen.name);
	if (filled.length === 1 && !stamp && answers.header_row === undefined && looksLikeForm(chosen)) {
		return refuse(given, 'not_a_table', { sheet: chosen.name });
	}

	const drafts = new Map(
		listed.map((sheet) => [
			sheet,
			draft(sheet, given.format, sheet === chosen ? answers : {}, stamp)
		])
	);
	const own = drafts.get(chosen);
	if (!own) return refuse(given, 'empty_file');
	if (!stamp && answers.sheet === undefined) doubts.push(...hiddenCells(chosen, own));
	const questions = [...given.doubts, ...doubts, ...own.doubts];
	if (own.problems.length > MOST_PROBLEMS) {
		const cell = own.problems[0]?.cell ?? '';
		return refuse(given, 'too_many_problems', { limit: MOST_PROBLEMS, cell }, chosen.name);
	}
	const problems = [...given.problems, ...own.problems].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
	if (questions.length === 0 && own.body.length === 0 && problems.length === 0) {
		return refuse(given, 'no_data_rows', {}, chosen.name);
	}
	const asked = questions.map((finding) => question(finding, chosen.name));
	const verdict: Verdict = questions.length
		? 'needs_mapping'
		: problems.length
			? 'row_errors'
			: 'ready';
	return {
		verdict,
		reason: questions[0] ?? null,
		format: given.format,
		encoding: given.encoding,
		delimiter: given.delimiter,
		sheets: listed.map((sheet) => summary(sheet, drafts.get(sheet))),
		chosen: listed.indexOf(chosen),
		columns: own.columns,
		rows: own.body,
		problems: [...asked, ...problems],
		stamp
	};
}

/** A table that cannot or should not be read, with the reason. */
export function refuse(
	given: Omit<Given, 'doubts' | 'problems'>,
	rule: string,
	params: Params = {},
	sheet = ''
): Table {
	return {
		verdict: 'refused',
		reason: { rule, params: sheet ? { sheet, ...params } : params },
		format: given.format,
		encoding: given.encoding,
		delimiter: given.delimiter,
		sheets: [],
		chosen: null,
		columns: [],
		rows: [],
		problems: [],
		stamp: null
	};
}

function question({ rule, params }: Finding, sheet: string): Problem {
	const { cell, value } = params;
	return {
		rule,
		params,
		severity: 'question',
		sheet,
		cell: typeof cell === 'string' ? cell : '',
		row: null,
		column: '',
		value: value === undefined ? '' : String(value)
	};
}

function isProblemList({ rows: [first] }: SheetCells): boolean {
	return Object.values(PROBLEM_LIST).some(
		(names) => first?.row === 1 && names.every((name, at) => first.cells[at] === name)
	);
}

function isFilled(row: Row): boolean {
	return row.cells.some((cell) => cell.trim() !== '');
}

function readStamp(sheets: SheetCells[]): Stamp | null {
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

function chooseSheet(
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

/** Whoever looks at the sheet does not see what is hidden or filtered away, yet it stands in the file. */
function hiddenCells({ name, unseen }: SheetCells, { body, columns }: Draft): Finding[] {
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

function findPlaceholder(sheet: SheetCells): Params | null {
	for (const { row, cells } of sheet.rows.slice(0, SAMPLE)) {
		for (const [column, cell] of cells.entries()) {
			if (cell.includes('{') && PLACEHOLDER.test(cell)) {
				return { cell: cellAddress(column, row), value: cell.slice(0, 40) };
			}
		}
	}
	return null;
}

function draft(
	sheet: SheetCells,
	format: Table['format'],
	answers: Answers,
	stamp: Stamp | null
): Draft {
	const filled = sheet.rows.filter(isFilled);
	const empty: Draft = {
		header: null,
		headerRows: 1,
		left: 0,
		columns: [],
		body: [],
		doubts: [],
		problems: []
	};
	if (filled.length === 0) return empty;
	const found = findHeader(sheet, filled, format, answers, stamp);
	const table = cutTable(sheet, found, format);
	if (!answers.dates) {
		const doubt = ambiguousDates(table.columns, table.body);
		if (doubt) table.doubts.push(doubt);
	}
	return table;
}

type Header = { index: number | null; headerRows: number; doubts: Finding[]; area: Area | null };

function findHeader(
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

function firstColumn(row: Row): number {
	return Math.max(
		0,
		row.cells.findIndex((cell) => cell.trim() !== '')
	);
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

function cutTable(sheet: SheetCells, header: Header, format: Table['format']): Draft {
	const { index, headerRows, area } = header;
	const doubts = [...header.doubts];
	const from = index === null ? 0 : index + headerRows;
	let body = sheet.rows.slice(from);
	if (area) body = body.filter(({ row }) => row >= area.top && row <= area.bottom);
	while (body.length && !isFilled(body.at(-1) as Row)) body.pop();
	if (index === null) body = body.slice(Math.max(0, body.findIndex(isFilled)));

	const heads = index === null ? [] : sheet.rows.slice(index, index + headerRows);
	const head = heads[0];
	const { columns, named } = nameColumns(sheet, heads, body, area);
	const covered = fillMerged(sheet, body);
	if (index !== null && !area) doubts.push(...doubtfulNames(columns, named, head, format, body));
	const problems = checkRows(sheet, columns, heads, headerRows, body, area, format, covered);
	return {
		header: head?.row ?? null,
		headerRows,
		left: columns[0]?.index ?? 0,
		columns,
		body: body.filter(isFilled),
		doubts,
		problems
	};
}

/** Names are compared and shown without line breaks and doubled spaces. */
function tidy(name: string): string {
	// eslint-disable-next-line no-control-regex -- control characters are what is looked for
	return name.replace(/[\s\u0000-\u001f\u007f\u200b\ufeff]+/g, ' ').trim();
}

function nameColumns(sheet: SheetCells, heads: Row[], body: Row[], area: Area | null) {
	const head = heads[0];
	let right = area ? area.right : Math.max(0, ...heads.map(({ cells }) => cells.length)) - 1;
	if (!area && (!head || sheet.rows[0]?.kinds !== undefined)) {
		for (const { cells } of body) right = Math.max(right, cells.length - 1);
	}
	const used = new Array<boolean>(right + 1).fill(false);
	for (const { cells } of body) {
		for (let i = 0; i < cells.length && i <= right; i++) used[i] ||= cells[i] !== '';
	}
	const merges = heads.map(({ row }) =>
		sheet.merges.filter((m) => m.top <= row && m.bottom >= row && m.right > m.left)
	);
	const groups = heads.map(() => '');
	const columns: Column[] = [];
	let named = 0;
	for (let i = area?.left ?? 0; i <= right; i++) {
		const letters = columnLetters(i);
		const own = heads.map(({ cells }) => tidy(cells[i] ?? ''));
		for (const [k, text] of own.entries()) {
			// A text file has no merged cells: a group reaches as far as nothing else stands in its row.
			const reaches =
				sheet.rows[0]?.kinds === undefined
					? own.slice(k + 1).some(Boolean) && k < heads.length - 1
					: merges[k]?.some((m) => m.left < i && m.right >= i);
			if (text || !reaches) groups[k] = text;
		}
		const name = groups.filter((part, at) => part && groups.indexOf(part) === at).join(' · ');
		if (name) named++;
		if (name || used[i]) columns.push({ index: i, letters, name: name || letters });
	}
	return { columns, named };
}

/**
 * A text that is merged over several rows is the text of each of them, as the spreadsheet shows it; a figure stands
 * in one. What stands beneath a merged cell is not shown and so is an error.
 */
function fillMerged(sheet: SheetCells, body: Row[]): Problem[] {
	if (sheet.merges.length === 0) return [];
	const places = new Map(body.map(({ row }, at) => [row, at]));
	const problems: Problem[] = [];
	for (const { top, bottom, left, right } of sheet.merges) {
		const anchor = body[places.get(top) ?? -1];
		if (!anchor) continue;
		const text = anchor.cells[left] ?? '';
		for (let number = top; number <= bottom; number++) {
			const at = places.get(number) ?? -1;
			const row = body[at];
			if (!row) continue;
			for (let i = left; i <= right && (i < row.cells.length || i === left); i++) {
				if (number === top && i === left) continue;
				const beneath = row.cells[i] ?? '';
				if (beneath.trim() !== '') {
					if (problems.length > MOST_PROBLEMS) return problems;
					problems.push({
						rule: 'covered_cell',
						params: { value: beneath.slice(0, 80), shown: text.slice(0, 80) },
						severity: 'error',
						sheet: sheet.name,
						cell: cellAddress(i, number),
						row: number,
						column: columnLetters(i),
						value: beneath.slice(0, 200)
					});
				} else if (i === left && anchor.kinds?.[left] === 's') {
					// The sheet's own row stays as it was read: its table may be cut again.
					const cells = [...row.cells];
					while (cells.length <= i) cells.push('');
					cells[i] = text;
					const kinds =
						`${(row.kinds ?? '').padEnd(i)}`.slice(0, i) + 's' + (row.kinds ?? '').slice(i + 1);
					body[at] = { row: number, cells, kinds };
				}
			}
		}
	}
	return problems;
}

function doubtfulNames(
	columns: Column[],
	named: number,
	head: Row | undefined,
	format: Table['format'],
	body: Row[]
): Finding[] {
	const doubts: Finding[] = [];
	if (!head) return doubts;
	const unnamed = columns.find(
		({ index, letters, name }) => name === letters && !tidy(head.cells[index] ?? '')
	);
	if (unnamed && named > 0 && body.length) {
		doubts.push({ rule: 'unnamed_column', params: { cell: cellAddress(unnamed.index, head.row) } });
	}
	const seen = new Map<string, Column>();
	for (const column of columns) {
		const before = seen.get(column.name.toLowerCase());
		if (before) {
			doubts.push({
				rule: 'same_name_twice',
				params: { name: column.name, cell: cellAddress(column.index, head.row) }
			});
			break;
		}
		seen.set(column.name.toLowerCase(), column);
	}
	// Excel's own line breaks inside a cell are usual in a workbook and a sign of trouble in a CSV.
	// eslint-disable-next-line no-control-regex -- control characters are what is looked for
	const odd = format === 'csv' ? /[\u0000-\u001f\u007f]/ : /[\u0000-\u0008\u000b-\u001f\u007f]/;
	const broken = head.cells.findIndex(
		(cell) =>
			odd.test(cell.trim()) || (format === 'csv' && /^[\t\v\f\r\n]|[\t\v\f\r\n]$/.test(cell))
	);
	if (broken >= 0) {
		doubts.push({
			rule: 'control_characters_in_header',
			params: { cell: cellAddress(broken, head.row) }
		});
	}
	const texts = head.cells.filter((cell) => cell.trim());
	if (format === 'csv' && texts.length > 1 && texts.every((cell) => /^'.*'$/.test(cell.trim()))) {
		doubts.push({
			rule: 'single_quotes',
			params: { cell: cellAddress(0, head.row), value: texts[0] ?? '' }
		});
	}
	return doubts;
}

const ERROR_TEXT = /^#(REF!|DIV\/0!|VALUE!|NAME\?|NULL!|NUM!|N\/A|SPILL!|CALC!|GETTING_DATA)$/;
/** What is left of Chinese text that was once decoded wrongly. */
const LOST_TEXT = /[\ufffd\p{Cs}]|锟斤拷|烫烫烫/u;
/** Signs that no text of a table has, lost ones among them. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const ODD_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd\p{Cs}]|锟斤拷|烫烫烫/u;
const DECIMAL_TEXT = /^[+-]?(\d{1,3}(,\d{3})+|\d+)\.\d+$/;
const LONGEST_CELL = 32_767;

function checkRows(
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

function ambiguousDates(columns: Column[], body: Row[]): Finding | null {
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

function summary(sheet: SheetCells, found: Draft | undefined): SheetSummary {
	const columns = found?.columns ?? [];
	const shown = columns.slice(0, PREVIEW_COLUMNS);
	return {
		name: sheet.name,
		hidden: sheet.hidden,
		header_row: found?.header ?? null,
		header_rows: found?.headerRows ?? 1,
		rows: found?.body.length ?? 0,
		columns: columns.map(({ name }) => name),
		top: sheet.rows.slice(0, TOP_ROWS).map(({ row, cells }) => ({
			row,
			cells: cells.slice(0, PREVIEW_COLUMNS).map((cell) => cell.slice(0, PREVIEW_CHARACTERS))
		})),
		preview: (found?.body ?? [])
			.slice(0, PREVIEW_ROWS)
			.map(({ cells }) =>
				shown.map(({ index }) => (cells[index] ?? '').slice(0, PREVIEW_CHARACTERS))
			)
	};
}
