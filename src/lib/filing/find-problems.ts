import { readArea } from '#lib/sheets/cells.ts';
import type { Problem } from '#lib/sheets/table.ts';

/** A problem as a page lists it, worded, with what kind it is and whether a value beside it can make it right. */
export type Listed = Problem & { kind: string; correctable?: boolean };

/** What somebody wants to see of a list of problems; '' everything. */
type Wanted = { rule: string; column: string; severity: string; text: string };

export const EVERYTHING: Wanted = { rule: '', column: '', severity: '', text: '' };

/** `count`: lines that would be left, the other wishes kept. */
type Choice = { value: string; label: string; count: number };

type Facet = 'rule' | 'column' | 'severity';

/** Whether a problem is among those wanted. An address finds the ranges it lies in, and no longer address: E2 is not E20. */
export function isWanted(problem: Problem, wanted: Wanted): boolean {
	return (
		(['rule', 'column', 'severity'] as const).every(
			(facet) => wanted[facet] === '' || problem[facet] === wanted[facet]
		) && says(problem, plain(wanted.text))
	);
}

/** The choices of one facet, in the order of the list. */
export function choicesOf(
	problems: Listed[],
	facet: Facet,
	wanted: Wanted,
	labelOf: (problem: Listed) => string
): Choice[] {
	const others = { ...wanted, [facet]: '' };
	const choices = new Map<string, Choice>();
	for (const problem of problems) {
		const value = problem[facet];
		if (value === '') continue;
		const choice = choices.get(value) ?? { value, label: labelOf(problem), count: 0 };
		if (isWanted(problem, others)) choice.count++;
		choices.set(value, choice);
	}
	return [...choices.values()];
}

function says({ cell, value }: Problem, text: string): boolean {
	if (text === '' || plain(value).includes(text)) return true;
	const wanted = readArea(text.toUpperCase());
	const area = wanted && readArea(cell);
	if (!area) return !wanted && plain(cell).includes(text);
	return (
		area.left <= wanted.left &&
		area.right >= wanted.right &&
		area.top <= wanted.top &&
		area.bottom >= wanted.bottom
	);
}

/** Full-width letters and digits are what an input method leaves. */
function plain(text: string): string {
	return text.normalize('NFKC').trim().toLowerCase();
}
