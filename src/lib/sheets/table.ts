/** The kind of a workbook's cell: text, number, date, yes/no, error. A CSV knows only text. */
export type CellKind = 's' | 'n' | 'd' | 'b' | 'e' | ' ';

/** One row of a file: its number as the spreadsheet shows it, and its cells as text. */
export type Row = { row: number; cells: string[]; kinds?: string };

export type Params = Record<string, string | number>;

/** A rule's code with what is needed to word it; the wording is in messages as `problem_<rule>`. */
export type Finding = { rule: string; params: Params };

/**
 * `question`: the file can be read once someone says how. `error`: this place is wrong. `warning`: may stand
 * with an explanation.
 */
export type Severity = 'question' | 'error' | 'warning';

export type Problem = Finding & {
	severity: Severity;
	/** '' where the file has no sheets. */
	sheet: string;
	/** D17, or D17:D35 when equal problems follow each other. Empty for the whole sheet. */
	cell: string;
	row: number | null;
	/** The column's name in the file, or its letters. */
	column: string;
	value: string;
	message?: string;
};

/** Whether the file is a template that does not fit: another one makes it right, no cell does. */
export function isOfTemplate({ rule }: Finding): boolean {
	return rule.startsWith('template_');
}

export type Verdict = 'ready' | 'needs_mapping' | 'row_errors' | 'refused';

export type Column = { index: number; letters: string; name: string };

export type SheetSummary = {
	name: string;
	hidden: boolean;
	/** As the spreadsheet counts; null when the table has no header. */
	header_row: number | null;
	/** 2 where a second row of names belongs to the header. */
	header_rows: number;
	rows: number;
	columns: string[];
	/** The first rows of the sheet as they stand, title and header too, so that a person can point at the header. */
	top: { row: number; cells: string[] }[];
	preview: string[][];
};

/** The stamp of a template of ours: what it was made for. */
export type Stamp = {
	dataset: string;
	version: number;
	organisation: string;
	period: string;
	sheet: string;
	header_rows: number;
};

export type Table = {
	verdict: Verdict;
	/** Why the file is refused, or the first thing to be asked. */
	reason: Finding | null;
	format: 'csv' | 'xlsx' | null;
	encoding: string | null;
	delimiter: string | null;
	sheets: SheetSummary[];
	/** Which of `sheets` the rows come from; null when the file is refused. */
	chosen: number | null;
	columns: Column[];
	rows: Row[];
	/** Every one: a cut list would hide what its reader does not skip. */
	problems: Problem[];
	stamp: Stamp | null;
};
