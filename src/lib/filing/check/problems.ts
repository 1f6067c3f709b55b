import { cellAddress } from '#lib/sheets/cells.ts';
import type { Column, Params, Problem, Severity, Table, Verdict } from '#lib/sheets/table.ts';
import type { Checked, WarningFound } from '../checked.ts';
import type { Entry } from '../entry.ts';
import { isExplained } from '../explanations.ts';
import { foldProblems } from '../fold-problems.ts';

/** Beyond these, problems are counted but not kept. */
const KEPT = 50_000;

export type Collector = ReturnType<typeof collector>;

export function collector(table: Table) {
	const sheet = table.chosen === null ? '' : (table.sheets[table.chosen]?.name ?? '');
	const names = new Map(table.columns.map(({ letters, name }) => [letters, name]));
	const kept: Problem[] = [];
	const warnings: WarningFound[] = [];
	const counts = { questions: 0, total: 0 };
	const take = (problem: Problem) => {
		counts.total++;
		if (problem.severity === 'question') counts.questions++;
		if (kept.length < KEPT) kept.push(problem);
	};
	return {
		kept,
		warnings,
		take,
		get questions() {
			return counts.questions;
		},
		get total() {
			return counts.total;
		},
		add(
			severity: Severity,
			rule: string,
			row: number | null,
			column: Column | null,
			value: string,
			params: Params = {}
		) {
			take({
				severity,
				rule,
				params:
					value && params['value'] === undefined
						? { ...params, value: value.slice(0, 80) }
						: params,
				sheet,
				cell: row === null || column === null ? '' : cellAddress(column.index, row),
				row,
				column: column?.name ?? '',
				value: value.slice(0, 200)
			});
		},
		addAt(entry: Entry, severity: Severity, rule: string, params: Params, explanation = '') {
			const value = entry.value === null ? '' : String(entry.value);
			const letters = entry.cell.replace(/\d+$/, '');
			const problem: Problem = {
				severity,
				rule,
				params: { ...params, value },
				sheet,
				cell: entry.cell,
				row: entry.row,
				column: names.get(letters) ?? letters,
				value
			};
			if (severity === 'warning') warnings.push({ ...problem, explanation });
			else take(problem);
		}
	};
}

export function finish(
	collect: Collector,
	columns: Checked['columns'],
	layout: Checked['layout'],
	entries: Entry[],
	otherwise: Verdict
): Checked {
	const sorted = collect.kept.sort(
		(a, b) =>
			Number(b.severity === 'question') - Number(a.severity === 'question') ||
			(a.row ?? 0) - (b.row ?? 0)
	);
	const { problems, problem_count } = foldProblems(sorted, collect.total);
	const verdict = otherwise === 'ready' && problem_count > 0 ? 'row_errors' : otherwise;
	return {
		verdict,
		layout,
		columns,
		entries: verdict === 'ready' ? entries : [],
		problems,
		problem_count,
		warnings: collect.warnings,
		unexplained: collect.warnings.filter(({ explanation }) => !isExplained(explanation)).length
	};
}
