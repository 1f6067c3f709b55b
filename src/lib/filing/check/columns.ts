import { nameParams, type Dataset } from '#lib/datasets/dataset.ts';
import { columnLetters } from '#lib/sheets/cells.ts';
import { writeTarget, type Matched } from '#lib/sheets/match-columns.ts';
import type { Column, Problem, Table } from '#lib/sheets/table.ts';
import { isOtherUnit, statedUnit } from '#lib/sheets/units.ts';
import type { Checked, Context } from '../checked.ts';
import type { Collector } from './problems.ts';

/** Questions about the header that are answered when its names are the dataset's own. */
const SETTLED_BY_NAMES = new Set([
	'rows_above_header',
	'merged_header',
	'second_header_row',
	'control_characters_in_header',
	'single_quotes',
	'not_first_sheet',
	'unnamed_column',
	'no_header'
]);

export function layoutOf(matched: Matched[]): Checked['layout'] {
	const has = (kind: string, withMeasure: boolean) =>
		matched.some(
			({ target }) =>
				target?.kind === kind &&
				('measure' in target && target.measure !== undefined) === withMeasure
		);
	if (has('measure', false) && has('value', false)) return 'long';
	return has('value', true) ? 'wide' : null;
}

export function askAboutColumns(
	table: Table,
	matched: Matched[],
	layout: Checked['layout'],
	dataset: Dataset,
	collect: Collector
) {
	const header = table.chosen === null ? null : (table.sheets[table.chosen]?.header_row ?? null);
	const seen = new Map<string, Column>();
	for (const { column, target, doubt } of matched) {
		if (doubt) {
			const severity = doubt.rule === 'other_unit' ? 'error' : 'question';
			collect.add(severity, doubt.rule, header, column, column.name, doubt.params);
		}
		if (!target) {
			const used = table.rows.some(({ cells }) => (cells[column.index] ?? '').trim() !== '');
			if (used)
				collect.add('question', 'unknown_column', header, column, column.name, {
					name: column.name
				});
			continue;
		}
		if (target.kind === 'ignore') continue;
		const key = writeTarget(target);
		const before = seen.get(key);
		if (before)
			collect.add('question', 'column_twice', header, column, column.name, {
				name: column.name,
				other: before.name
			});
		seen.set(key, column);
	}
	if (layout === null)
		collect.add('question', 'no_measure_column', header, null, '', nameParams('name', dataset));
	if (layout !== 'wide') return;
	for (const measure of dataset.measures) {
		if (measure.required && !seen.has(`value:${measure.code}`)) {
			collect.add(
				'question',
				'measure_column_missing',
				header,
				null,
				'',
				nameParams('name', measure)
			);
		}
	}
}

/** Columns of one name are told apart once each has been given its meaning by its letters. */
export function isSettled(question: Problem, table: Table, { mapping }: Context): boolean {
	if (SETTLED_BY_NAMES.has(question.rule)) return true;
	if (question.rule !== 'same_name_twice') return false;
	const seen = new Map<string, Column[]>();
	for (const column of table.columns) {
		const name = column.name.toLowerCase();
		seen.set(name, [...(seen.get(name) ?? []), column]);
	}
	return [...seen.values()].every(
		(same) => same.length === 1 || same.every(({ letters }) => mapping?.[letters] !== undefined)
	);
}

/** A unit that is stated above the table holds for all its figures. */
export function checkStatedUnit(table: Table, dataset: Dataset, collect: Collector) {
	const sheet = table.chosen === null ? undefined : table.sheets[table.chosen];
	for (const { row, cells } of sheet?.top ?? []) {
		if (row >= (sheet?.header_row ?? 0)) break;
		for (const [index, text] of cells.entries()) {
			const unit = statedUnit(text);
			if (!unit || dataset.measures.every((measure) => !isOtherUnit(unit, measure.unit))) continue;
			const column = { index, letters: columnLetters(index), name: columnLetters(index) };
			collect.add('error', 'other_unit_above', row, column, text, { unit });
		}
	}
}
