import { isCorrectable } from './correct-table.ts';
import type { Answers } from './sheet-cells.ts';
import { mappingOf, readsOtherwise, type Reading } from './mapping.ts';
import type { Problem, Table } from './table.ts';

/** Which field of the mapping step answers a question. */
const FIELDS: Record<string, 'encoding' | 'delimiter' | 'sheet' | 'header' | 'dates'> = {
	which_encoding: 'encoding',
	which_delimiter: 'delimiter',
	which_sheet: 'sheet',
	hidden_sheet: 'sheet',
	hidden_cells: 'sheet',
	not_first_sheet: 'sheet',
	rows_above_header: 'header',
	merged_header: 'header',
	second_header_row: 'header',
	no_header: 'header',
	several_tables: 'header',
	ambiguous_date: 'dates'
};

/** The wording of what is in doubt, by the field that answers it; several about one field follow each other. */
export function questionsOf(problems: Problem[]): Record<string, string> {
	const asked: Record<string, string> = {};
	for (const { rule, severity, message } of problems) {
		const field = severity === 'question' ? FIELDS[rule] : undefined;
		if (field && message) asked[field] = asked[field] ? `${asked[field]} ${message}` : message;
	}
	return asked;
}

/** The values of the form of the mapping step. */
export type Said = {
	encoding?: string | undefined;
	delimiter?: string | undefined;
	sheet?: string | undefined;
	header_row?: number | undefined;
	header_rows?: number | undefined;
	dates?: Answers['dates'] | undefined;
	/** Letters → meaning. */
	targets: Map<string, string>;
};

/**
 * The reading after the mapping step. Only what was asked or changed becomes an answer: the rest stays the reader's
 * own finding. Another sheet or header makes other columns, so what was said of the old ones goes.
 */
export function answered(
	before: Reading,
	table: Table,
	problems: Problem[],
	said: Said,
	allowed: string[]
): Reading {
	const asked = questionsOf(problems.map((problem) => ({ ...problem, message: problem.rule })));
	const shown = table.sheets[table.chosen ?? 0];
	const answers: Answers = { ...before.answers };
	if (said.encoding && (asked['encoding'] || said.encoding !== table.encoding))
		answers.encoding = said.encoding;
	if (said.delimiter && (asked['delimiter'] || said.delimiter !== table.delimiter))
		answers.delimiter = said.delimiter;
	if (said.dates && asked['dates']) answers.dates = said.dates;
	const otherSheet = said.sheet !== undefined && said.sheet !== shown?.name;
	if (said.sheet !== undefined && (asked['sheet'] || otherSheet)) answers.sheet = said.sheet;
	if (otherSheet) {
		delete answers.header_row;
		delete answers.header_rows;
	} else if (said.header_row !== undefined) {
		const rows = said.header_rows ?? 1;
		const other =
			said.header_row !== (shown?.header_row ?? 0) ||
			(said.header_row > 0 && rows !== (shown?.header_rows ?? 1));
		if (asked['header'] || other) {
			answers.header_row = said.header_row;
			answers.header_rows = rows;
		}
	}
	const other = otherSheet || isCutOtherwise(before.answers, answers, table);
	return {
		...before,
		answers,
		mapping: other ? {} : mappingOf(table.columns, said.targets, allowed),
		corrections: other ? {} : before.corrections,
		explanations: other ? [] : before.explanations
	};
}

/** An answer that says what was already shown cuts the same table. */
function isCutOtherwise(before: Answers, after: Answers, table: Table): boolean {
	const shown = table.sheets[table.chosen ?? 0];
	const was = {
		encoding: table.encoding ?? undefined,
		delimiter: table.delimiter ?? undefined,
		sheet: shown?.name,
		header_row: shown?.header_row ?? 0,
		header_rows: shown?.header_rows ?? 1,
		...before
	};
	return readsOtherwise(was, { ...was, ...after });
}

/** The reading after cells were corrected in the list of problems; what was left as it was is no correction. */
export function corrected(
	before: Reading,
	problems: Problem[],
	typed: { cell: string; value: string }[]
): Reading {
	const corrections = { ...before.corrections };
	for (const { cell, value } of typed) {
		const problem = problems.find((one) => one.cell === cell && isCorrectable(one));
		if (!problem || value === problem.value) continue;
		corrections[cell] = { from: corrections[cell]?.from ?? problem.value, to: value };
	}
	return { ...before, corrections };
}
