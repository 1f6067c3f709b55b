import type { Area } from './cells.ts';
import type { Row } from './table.ts';

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

/** A person's answers in the mapping step. Each removes its question. */
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

/** The sheet that says of a workbook of a demonstration what it is: no data. */
export const LABEL_SHEET = '演示 Demo';

/** The header of the list of problems in a file that was sent back marked: the sheet is no data. */
export const PROBLEM_LIST = {
	'zh-CN': ['单元格', '列', '填写的内容', '问题与改法', '规则'],
	en: ['Cell', 'Column', 'What stands there', 'What is wrong, and what to do', 'Rule']
} as const;

/** A file with more is not the table that is wanted. */
export const MOST_PROBLEMS = 200_000;

/** Enough rows to know how a table is built. */
export const SAMPLE = 1000;

export function isFilled(row: Row): boolean {
	return row.cells.some((cell) => cell.trim() !== '');
}

export function firstColumn(row: Row): number {
	return Math.max(
		0,
		row.cells.findIndex((cell) => cell.trim() !== '')
	);
}

/** Names are compared and shown without line breaks and doubled spaces. */
export function tidy(name: string): string {
	// eslint-disable-next-line no-control-regex -- control characters are what is looked for
	return name.replace(/[\s\u0000-\u001f\u007f\u200b\ufeff]+/g, ' ').trim();
}

/** The error texts that a spreadsheet writes in place of a result. */
export const ERROR_TEXT =
	/^#(REF!|DIV\/0!|VALUE!|NAME\?|NULL!|NUM!|N\/A|SPILL!|CALC!|GETTING_DATA)$/;
