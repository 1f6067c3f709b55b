import { ambiguousDates } from './check-rows.ts';
import {
	chooseSheet,
	findPlaceholder,
	hiddenCells,
	isProblemList,
	readStamp
} from './choose-sheet.ts';
import { cutTable, type Draft } from './cut-table.ts';
import { findHeader } from './find-header.ts';
import { looksLikeForm } from './looks-like-form.ts';
import {
	isFilled,
	LABEL_SHEET,
	MOST_PROBLEMS,
	STAMP_SHEET,
	type Answers,
	type SheetCells
} from './sheet-cells.ts';
import type { Finding, Params, Problem, SheetSummary, Stamp, Table, Verdict } from './table.ts';

const PREVIEW_ROWS = 20;

const TOP_ROWS = 15;

const PREVIEW_COLUMNS = 50;

const PREVIEW_CHARACTERS = 200;

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
	const listed = sheets.filter(
		(sheet) => ![STAMP_SHEET, LABEL_SHEET].includes(sheet.name) && !isProblemList(sheet)
	);
	const filled = listed.filter((sheet) => sheet.rows.some(isFilled));
	if (filled.length === 0) return refusedTable(given, sheets.length ? 'empty_file' : 'no_sheet');

	const { chosen, doubts } = chooseSheet(listed, filled, stamp, answers);
	const unfilled = findPlaceholder(chosen);
	if (unfilled) return refusedTable(given, 'template_unfilled', unfilled, chosen.name);
	if (filled.length === 1 && !stamp && answers.header_row === undefined && looksLikeForm(chosen)) {
		return refusedTable(given, 'not_a_table', { sheet: chosen.name });
	}

	const drafts = new Map(
		listed.map((sheet) => [
			sheet,
			draft(sheet, given.format, sheet === chosen ? answers : {}, stamp)
		])
	);
	const own = drafts.get(chosen);
	if (!own) return refusedTable(given, 'empty_file');
	if (!stamp && answers.sheet === undefined) doubts.push(...hiddenCells(chosen, own));
	const questions = [...given.doubts, ...doubts, ...own.doubts];
	if (own.problems.length > MOST_PROBLEMS) {
		const cell = own.problems[0]?.cell ?? '';
		return refusedTable(given, 'too_many_problems', { limit: MOST_PROBLEMS, cell }, chosen.name);
	}
	const problems = [...given.problems, ...own.problems].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
	if (questions.length === 0 && own.body.length === 0 && problems.length === 0) {
		return refusedTable(given, 'no_data_rows', {}, chosen.name);
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
export function refusedTable(
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
