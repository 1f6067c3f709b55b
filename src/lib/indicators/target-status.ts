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
 */
export function targetStatus(
	aim: Aim | null,
	now: Reading | null,
	before: Reading[]
): TargetStatus {
	if (!aim) return { tone: 'no_data', rule: 'no_target', expected: null };
	if (!now || now.value === null) return { tone: 'no_data', rule: 'no_value', expected: null };

	const left = gap(aim, now.value);
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
	const wanted = now.value > aim.value ? (aim.upper_value ?? aim.value) : aim.value;
	const expected = wanted + (now.value > wanted ? expectedGap : -expectedGap);
	return left <= expectedGap
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
