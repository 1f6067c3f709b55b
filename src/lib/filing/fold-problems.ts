import type { Problem } from '#lib/sheets/table.ts';

const MOST_PROBLEMS = 1000;

/** Four equal problems below each other become one with a range, D17:D35. */
const LONGEST_LISTED_RUN = 3;

/**
 * Folds equal problems in consecutive cells of one column and caps the list; `problem_count` counts the cells. Equal
 * means the same rule: a hundred different typing mistakes in one column are read faster as one line.
 */
export function foldProblems(found: Problem[], problem_count = found.length) {
	const open = new Map<string, Problem[]>();
	const order: Problem[][] = [];
	for (const problem of found) {
		const key = [problem.sheet, column(problem.cell), problem.rule, problem.severity].join('\0');
		const run = open.get(key);
		const last = run?.at(-1);
		if (run && last && problem.row !== null && problem.row === (last.row ?? NaN) + 1) {
			run.push(problem);
		} else {
			const fresh = [problem];
			open.set(key, fresh);
			order.push(fresh);
		}
	}
	const problems: Problem[] = [];
	for (const run of order) {
		if (problems.length >= MOST_PROBLEMS) break;
		const first = run[0];
		const last = run.at(-1);
		if (!first || !last) continue;
		if (run.length > LONGEST_LISTED_RUN && first.cell) {
			problems.push({ ...first, cell: `${first.cell}:${last.cell}` });
		} else {
			problems.push(...run.slice(0, MOST_PROBLEMS - problems.length));
		}
	}
	return { problems, problem_count };
}

function column(cell: string): string {
	return cell.replace(/\d+.*$/, '');
}
