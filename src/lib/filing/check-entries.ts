import type { Dataset } from '#lib/datasets/dataset.ts';
import { correctTable } from '#lib/sheets/correct-table.ts';
import { matchColumns, writeTarget } from '#lib/sheets/match-columns.ts';
import type { Table } from '#lib/sheets/table.ts';
import { checkCountedTwice, groupEntries, requireMeasures } from './check/breakdowns.ts';
import { askAboutColumns, checkStatedUnit, isSettled, layoutOf } from './check/columns.ts';
import { collector, finish, type Collector } from './check/problems.ts';
import { NOT_READ_HERE, readRows } from './check/rows.ts';
import { stampFits } from './check/stamp.ts';
import { checkRules } from './check-rules.ts';
import type { Checked, Context } from './checked.ts';
import type { Entry } from './entry.ts';
import { explainer, joined } from './explanations.ts';
import { lockedChanges } from './locked-cells.ts';

/**
 * Turns the rows of a table into entries of a dataset: matches its columns, reads its cells and runs the dataset's
 * rules. Pure: everything it needs is in its arguments. Entries come back only when there is no error at all.
 */
export function checkEntries(found: Table, dataset: Dataset, context: Context): Checked {
	const table = correctTable(found, context.corrections);
	const collect = collector(table);
	if (table.verdict === 'refused') {
		collect.add('error', table.reason?.rule ?? 'empty_file', null, null, '', table.reason?.params);
		return finish(collect, [], null, [], 'refused');
	}
	if (!stampFits(table, dataset, context, collect)) return finish(collect, [], null, [], 'refused');

	const matched = matchColumns(table.columns, dataset, context.mapping);
	const columns = matched.map(({ column, target }) => ({
		letters: column.letters,
		name: column.name,
		target: writeTarget(target)
	}));
	const layout = layoutOf(matched);
	askAboutColumns(table, matched, layout, dataset, collect);
	const named = layout !== null && collect.questions === 0;
	for (const problem of table.problems) {
		if (NOT_READ_HERE.has(problem.rule)) continue;
		if (problem.severity === 'question' && named && isSettled(problem, table, context)) continue;
		collect.take(problem);
	}
	if (layout === null || collect.questions > 0)
		return finish(collect, columns, layout, [], 'needs_mapping');

	checkStatedUnit(table, dataset, collect);
	const entries = readRows(table, matched, layout, dataset, context, collect);
	if (entries.length === 0 && collect.total === 0)
		collect.add('error', 'no_data_rows', null, null, '');
	requireMeasures(entries, dataset, collect);
	checkCountedTwice(entries, dataset, collect);
	const groups = groupEntries(entries, dataset, collect);
	const explained = explainer(context.explanations);
	checkRules(groups, dataset, context, (entry, severity, rule, params) => {
		const given = severity === 'warning' ? explained(rule, entry.cell) : null;
		if (given) entry.explanation = joined(entry.explanation, given);
		collect.addAt(entry, severity, rule, params, given ?? entry.explanation ?? '');
	});
	checkLocked(entries, dataset, context, collect);
	return finish(collect, columns, layout, entries, 'ready');
}

/** After a return only the marked cells are open. */
function checkLocked(
	entries: Entry[],
	dataset: Dataset,
	{ locked, regions }: Context,
	collect: Collector
) {
	if (!locked) return;
	const complete = collect.total === 0;
	for (const { rule, entry, params } of lockedChanges(entries, locked, dataset, regions, {
		complete
	})) {
		if (entry) collect.addAt(entry, 'error', rule, params);
		else collect.add('error', rule, null, null, '', params);
	}
}
