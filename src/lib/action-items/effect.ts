import { firstDay } from '#lib/kernel/period.ts';

export interface EffectPoint {
	period: string;
	value: number | null;
	definition_version: number;
}

interface Before {
	period: string;
	value: number;
}

/** The change of an indicator from before a decision to after it, or the reason why none can be told. */
export type Effect =
	| { kind: 'no_baseline' }
	| { kind: 'nothing_after'; before: Before }
	| { kind: 'definition_changed'; before: Before; after: Before }
	| {
			kind: 'measured';
			before: Before;
			after: Before;
			change: number;
			/** Whether the change goes the way that was wanted; null for a neutral indicator or no change. */
			better: boolean | null;
			/** Whether the expected value is reached; null where none was set. */
			reached: boolean | null;
	  };

/**
 * Compares the newest period that began after the decision with the baseline: the period agreed, else the
 * newest one that began before the decision. A change of definition in between forbids the comparison.
 */
export function effect(input: {
	points: EffectPoint[];
	baselinePeriod: string | null;
	/** Day of the decision, `2026-03-31`. */
	decidedOn: string;
	expected: number | null;
	direction: 'higher' | 'lower' | 'neutral' | 'range';
}): Effect {
	const known = input.points
		.filter((point): point is EffectPoint & { value: number } => point.value !== null)
		.sort((one, other) => firstDay(one.period).localeCompare(firstDay(other.period)));

	const before = input.baselinePeriod
		? known.find((point) => point.period === input.baselinePeriod)
		: known.findLast((point) => firstDay(point.period) <= input.decidedOn);
	if (!before) return { kind: 'no_baseline' };

	const last = known.findLast((point) => firstDay(point.period) > input.decidedOn);
	const from = { period: before.period, value: before.value };
	if (!last) return { kind: 'nothing_after', before: from };

	const to = { period: last.period, value: last.value };
	if (last.definition_version !== before.definition_version) {
		return { kind: 'definition_changed', before: from, after: to };
	}

	const change = last.value - before.value;
	const wanted = direction(input.direction, before.value, input.expected);
	return {
		kind: 'measured',
		before: from,
		after: to,
		change,
		better: wanted === 0 || change === 0 ? null : Math.sign(change) === wanted,
		reached:
			input.expected === null || wanted === 0
				? null
				: wanted > 0
					? last.value >= input.expected
					: last.value <= input.expected
	};
}

/** Which way is wanted: as the indicator says, else towards the value expected. */
function direction(of: string, before: number, expected: number | null): -1 | 0 | 1 {
	if (of === 'higher') return 1;
	if (of === 'lower') return -1;
	if (expected === null || expected === before) return 0;
	return expected > before ? 1 : -1;
}
