import { readArea } from '#lib/sheets/cells.ts';
import { foldProblems } from './fold-problems.ts';
import type { Problem } from '#lib/sheets/table.ts';

/** The reason why a value that a rule finds unusual is true: for one cell, or for a range of one column. */
export type Explanation = { rule: string; cell: string; text: string };

const SHORTEST_EXPLANATION = 10;

export function isExplained(text: string): boolean {
	return [...text.trim()].length >= SHORTEST_EXPLANATION;
}

/** Finds what was said about a rule in a cell; null where nothing was. */
export function explainer(given: Explanation[] = []) {
	const areas = given.flatMap(({ rule, cell, text }) => {
		const area = readArea(cell);
		return area && text.trim() ? [{ rule, area, text: text.trim() }] : [];
	});
	return (rule: string, cell: string): string | null => {
		if (areas.length === 0) return null;
		const at = readArea(cell);
		const found = areas.findLast(
			({ rule: of, area }) =>
				at && of === rule && at.left === area.left && at.top >= area.top && at.top <= area.bottom
		);
		return found?.text ?? null;
	};
}

/** One value may break two rules: both explanations stay with it. */
export function joined(first: string | null, second: string): string {
	if (!first || first === second) return second;
	return first.includes(second) ? first : `${first}；${second}`;
}

/** The rules that still wait for an explanation, equal ones below each other as one line with a range. */
export function unexplained<Warning extends Problem & { explanation: string }>(
	warnings: Warning[]
): Problem[] {
	return foldProblems(warnings.filter(({ explanation }) => !isExplained(explanation))).problems;
}
