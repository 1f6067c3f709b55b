import { checkEntries } from '#lib/filing/check-entries.ts';
import type { Context } from '#lib/filing/checked.ts';
import { findTable } from '#lib/sheets/find-table.ts';
import { context, dataset } from './dataset.ts';

// A table as its rows, checked against the small dataset, for tests of what becomes of it.

type Cells = (string | number)[][];

export const HEADER = [
	'行政区划代码',
	'职业',
	'用工方式',
	'在册人数',
	'参保人数',
	'保费金额',
	'缺报原因',
	'说明'
];

export function check(rows: Cells, changed: Partial<Context> = {}, kind?: string, of = dataset) {
	const sheet = {
		name: '填报',
		hidden: false,
		rows: rows.map((cells, i) => ({
			row: i + 1,
			cells: cells.map(String),
			// Of the rows below the header, as a workbook says it of each cell.
			...(kind !== undefined && { kinds: (i === 0 ? 's' : kind).repeat(cells.length) })
		})),
		merges: [],
		tables: [],
		uncalculated: []
	};
	const given = {
		format: 'csv' as const,
		encoding: 'utf-8',
		delimiter: ',',
		doubts: [],
		problems: []
	};
	return checkEntries(findTable([sheet], given), of, { ...context, ...changed });
}

export function problemsOf(rows: Cells, changed: Partial<Context> = {}, kind?: string) {
	return check(rows, changed, kind).problems.map(({ rule, cell }) => `${rule}@${cell}`);
}
