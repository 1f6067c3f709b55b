import type { Tone } from '#lib/ui/tone.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { firstDay, lastDay } from '#lib/kernel/period.ts';

export interface Target {
	id: string;
	region_code: string;
	organisation_id: string | null;
	period: string;
	kind: 'floor' | 'ceiling' | 'range';
	value: number;
	upper_value: number | null;
	origin_zh: string;
	origin_en: string;
	resolution_id: string | null;
	set_at: string;
	superseded_at: string | null;
}

/** The aim of a target: its kind, values and period, and the day on which it was set, where that is known. */
export type Aim = Pick<Target, 'kind' | 'value' | 'upper_value' | 'period'> & {
	set_on?: string | undefined;
};

export interface Reading {
	period: string;
	value: number | null;
}

/** The figure of the longer period that a target speaks of, as far as that has come. */
export interface Judged {
	period: string;
	value: number | null;
	denominator: number | null;
	hidden: string | null;
	/** How many finished periods it is made of, of how many, and the newest of them. */
	parts: number;
	needed: number;
	newest: string;
	/** How it came about: flows are added, stocks are those of the newest period; null: it has to be filed itself. */
	way: 'sum' | 'last' | null;
}

/** Whether a target is judged by what was added up over its own period, and not by the newest figure. */
export const isAddedUp = (judged: Judged | null | undefined): judged is Judged =>
	judged?.way === 'sum' && judged.value !== null;

/** The sentence of the rule that decided. */
export type StatusRule =
	'no_target' | 'no_value' | 'met' | 'over' | 'on_path' | 'behind_path' | 'near' | 'far';

export interface TargetStatus {
	tone: Tone;
	rule: StatusRule;
	/** Where the straight path to the target stands at the reading, where there is one. */
	expected: number | null;
}

/** How far a value is from what the target asks for: 0 when it is met. */
function gap({ kind, value: wanted, upper_value: upper }: Aim, value: number): number {
	if (kind === 'ceiling') return Math.max(0, value - wanted);
	if (kind === 'range' && upper !== null && value > upper) return value - upper;
	return Math.max(0, wanted - value);
}

/**
 * The state of a target:
 * achieved, the newest figure meets it; missed, its period is over and the figure does not;
 * before that, on track where the figure is at or ahead of the straight path from the last figure before the
 * target's period, or before the day it was set where that is later, to the target, else at risk. Without an earlier figure of the same definition, within 5 % of the
 * target counts as on track. No target or no figure: no data.
 * A flow is judged by what was added up over the target's own period so far: a ratio as above, a count by the part of
 * the target that falls to the periods which have passed.
 */
export function targetStatus(
	aim: Aim | null,
	newest: Reading | null,
	before: Reading[],
	judged?: Judged | null
): TargetStatus {
	if (!aim) return { tone: 'no_data', rule: 'no_target', expected: null };
	if (!newest || newest.value === null)
		return { tone: 'no_data', rule: 'no_value', expected: null };
	if (isAddedUp(judged) && judged.denominator === null) return countStatus(aim, judged);
	const now = isAddedUp(judged) ? { period: judged.newest, value: judged.value ?? 0 } : newest;
	const value = now.value ?? 0;

	const left = gap(aim, value);
	if (left === 0) return { tone: 'achieved', rule: 'met', expected: null };
	if (lastDay(now.period) >= lastDay(aim.period))
		return { tone: 'missed', rule: 'over', expected: null };

	const start = startOf(aim, now, before);
	if (!start) {
		const near = left <= Math.abs(aim.value) * 0.05;
		return { tone: near ? 'on_track' : 'at_risk', rule: near ? 'near' : 'far', expected: null };
	}

	const share = elapsed(lastDay(start.period), lastDay(now.period), lastDay(aim.period));
	const leftAtStart = gap(aim, start.value);
	const expectedGap = leftAtStart * (1 - share);
	const wanted = value > aim.value ? (aim.upper_value ?? aim.value) : aim.value;
	const expected = wanted + (value > wanted ? expectedGap : -expectedGap);
	return left <= expectedGap
		? { tone: 'on_track', rule: 'on_path', expected }
		: { tone: 'at_risk', rule: 'behind_path', expected };
}

/**
 * The state of a target on a count that adds up. A floor is achieved once it is reached, a ceiling only at the end, and
 * missed as soon as it is passed; before, on track where the count is on the right side of what falls to the time passed.
 */
function countStatus(aim: Aim, { value, parts, needed }: Judged): TargetStatus {
	const count = value ?? 0;
	const share = parts / needed;
	const expected = (aim.kind === 'range' ? (aim.upper_value ?? aim.value) : aim.value) * share;
	const isOver = parts >= needed;
	const isReached = aim.kind === 'ceiling' || count >= aim.value;
	const isPassed =
		aim.kind !== 'floor' &&
		count > (aim.kind === 'range' ? (aim.upper_value ?? aim.value) : aim.value);
	if (isPassed) return { tone: 'missed', rule: 'over', expected: null };
	if (isReached && (isOver || aim.kind === 'floor'))
		return { tone: 'achieved', rule: 'met', expected: null };
	if (isOver) return { tone: 'missed', rule: 'over', expected: null };
	const isOnPath =
		(aim.kind === 'ceiling' || count >= aim.value * share) &&
		(aim.kind === 'floor' || count <= expected);
	return isOnPath
		? { tone: 'on_track', rule: 'on_path', expected }
		: { tone: 'at_risk', rule: 'behind_path', expected };
}

/** The last figure before the target's period began and it was set, else the first one before the reading. */
function startOf(aim: Aim, now: Reading, before: Reading[]) {
	const known = before.flatMap(({ period, value }) =>
		value !== null && period < now.period ? [{ period, value }] : []
	);
	const begin = [firstDay(aim.period), aim.set_on ?? ''].toSorted().at(-1) ?? '';
	return known.findLast(({ period }) => lastDay(period) < begin) ?? known[0] ?? null;
}

function elapsed(from: string, at: string, to: string): number {
	const whole = Date.parse(to) - Date.parse(from);
	return whole > 0 ? Math.min(1, (Date.parse(at) - Date.parse(from)) / whole) : 1;
}

/** The target by which a period's figure is judged: of those that stand for this scope, the one whose period holds it, the shortest first. */
export function targetFor(
	targets: Target[],
	scope: { region: string; organisation: string | null },
	period: string
): (Target & Aim) | null {
	const held = targets
		.filter(
			(one) =>
				one.superseded_at === null &&
				one.region_code === scope.region &&
				one.organisation_id === scope.organisation &&
				holds(one.period, period)
		)
		.toSorted(
			(a, b) =>
				firstDay(b.period).localeCompare(firstDay(a.period)) ||
				lastDay(a.period).localeCompare(lastDay(b.period))
		);
	const [found] = held;
	return found ? { ...found, set_on: dayOf(found.set_at) } : null;
}

/** Whether one period lies in another. */
export function holds(outer: string, inner: string): boolean {
	return firstDay(outer) <= firstDay(inner) && lastDay(inner) <= lastDay(outer);
}
