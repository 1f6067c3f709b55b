import type { Explanation } from '#lib/filing/explanations.ts';
import type { Answers } from './sheet-cells.ts';
import type { Dataset } from '#lib/datasets/dataset.ts';
import type { Column, Table } from './table.ts';

/** A person's answers about an uploaded file; kept with it until it is filed. */
export type Reading = {
	answers: Answers;
	/** Column name, or letters where a name stands twice → `region`, `value:CODE`, `ignore`, … */
	mapping: Record<string, string>;
	/** Cell → what stood there, and what stands there instead. */
	corrections: Record<string, { from: string; to: string }>;
	explanations: Explanation[];
};

export const UNREAD: Reading = { answers: {}, mapping: {}, corrections: {}, explanations: [] };

/** The new texts of corrected cells, by address. */
export function correctedTexts({ corrections }: Reading): Record<string, string> {
	return Object.fromEntries(Object.entries(corrections).map(([cell, { to }]) => [cell, to]));
}

/** The way to read files of these columns, remembered for an organisation and a dataset. */
export type Remembered = {
	columns: string[];
	answers: Answers;
	mapping: Record<string, string>;
};

/** A remembered way to read files, under the name that the organisation gave it. */
export type ColumnMapping = { name: string; updated_at: string; mapping: Remembered };

/** The meanings a column may have in files of a dataset, as forms write them. */
export function targetsOf(dataset: Dataset): string[] {
	const each = ['value', 'reason', 'explanation'].flatMap((kind) =>
		dataset.measures.map(({ code }) => `${kind}:${code}`)
	);
	return [...PLAIN_TARGETS, ...each];
}

export const PLAIN_TARGETS = [
	'region',
	'region_code',
	'region_name',
	'occupation',
	'employment_mode',
	'period',
	'measure',
	'value',
	'reason',
	'explanation',
	'ignore'
] as const;

/** The meaning chosen for each column (by letters), keyed as the check looks it up. Unknown meanings are left out. */
export function mappingOf(
	columns: Pick<Column, 'letters' | 'name'>[],
	chosen: Map<string, string>,
	allowed: string[]
): Record<string, string> {
	const names = new Map<string, number>();
	for (const { name } of columns) names.set(name, (names.get(name) ?? 0) + 1);
	return Object.fromEntries(
		columns.flatMap(({ letters, name }) => {
			const target = chosen.get(letters);
			if (!target || !allowed.includes(target)) return [];
			return [[names.get(name) === 1 ? name : letters, target]];
		})
	);
}

/** Whether the form asks to cut the table differently: then the chosen meanings belong to other columns. */
export function readsOtherwise(before: Partial<Answers>, after: Partial<Answers>): boolean {
	return (['encoding', 'delimiter', 'sheet', 'header_row', 'header_rows'] as const).some(
		(key) => before[key] !== after[key]
	);
}

/**
 * How a remembered file of the same build would be read: its answers with the sheet of this file. Null where several
 * sheets are built alike, because then somebody must say which one.
 */
export function answersFor(remembered: Remembered, table: Table): Answers | null {
	const { sheet, ...answers } = remembered.answers;
	const named = table.sheets.find(({ name }) => name === sheet);
	if (named) return remembered.answers;
	const chosen = table.sheets[table.chosen ?? 0];
	if (!chosen) return null;
	const alike = table.sheets.filter(
		({ columns }) => columns.join('\0') === chosen.columns.join('\0')
	);
	if (alike.length > 1) return null;
	return sheet === undefined ? answers : { ...answers, sheet: chosen.name };
}

/** A remembered mapping holds only for exactly the header it was made for. */
export function hasSameHeader(remembered: Remembered, table: Table): boolean {
	return table.columns.map(({ name }) => name).join('\0') === remembered.columns.join('\0');
}
