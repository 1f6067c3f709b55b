type Span = { from: string; until: string; periods: number; mean: number };

/** By how much the change differs from what it is compared with, and the ends of its 95 % interval, in the indicator's unit. */
type Estimate = { estimate: number; low: number; high: number };

/** What was measured, and what it is compared with. */
export type Measured = {
	before: Span;
	after: Span;
	/** On average over the periods after. */
	mean: Estimate;
	/** In the newest of them alone. */
	newest: Estimate & { period: string; value: number };
	/** The trend before, a period. */
	slope: number;
} & (
	| { kind: 'compared'; units: number; others: number }
	| { kind: 'trend'; units: null; others: null; steady?: true }
);

/** What can be said of an action's effect to the reader, as `private.effect_of` decides it. */
export type Effect = {
	/** Whose figure is looked at. */
	unit: 'organisation' | 'county' | 'whole' | null;
	effective_on: string;
	/** The newest finished figure of the item's region since the decision took effect. */
	reached: { period: string; value: number | null } | null;
} & (
	| { kind: 'not_begun' | 'cancelled' | 'not_its_own' | 'hidden' | 'definition_changed' }
	| { kind: 'too_few_before'; before: number }
	| { kind: 'too_early'; after: number }
	| Measured
);

type Direction = 'higher' | 'lower' | 'neutral' | 'range';

/** How an effect is judged: by where its interval lies, never by the sign alone. */
export type Verdict = 'better' | 'worse' | 'changed' | 'unclear';

/** Better or worse where the whole interval lies on one side of zero, and changed where nobody said which side is wanted. */
export function verdict(
	measured: Measured,
	wanted: { direction: Direction; expected: number | null }
): Verdict {
	const { low, high } = measured.mean;
	if (low <= 0 && high >= 0) return 'unclear';
	const way = wantedWay(wanted, measured.before.mean);
	if (way === 0) return 'changed';
	return Math.sign(low) === way ? 'better' : 'worse';
}

/** Whether the expected value is there, by whatever cause; null where neither side of it is wanted. */
export function isReached(
	value: number,
	expected: number,
	{ direction, before }: { direction: Direction; before: number | null }
): boolean | null {
	const way =
		before === null
			? wantedWay({ direction, expected: null }, 0)
			: wantedWay({ direction, expected }, before);
	if (way === 0) return null;
	return way > 0 ? value >= expected : value <= expected;
}

/** Which way is wanted: as the indicator says, else from what was before towards the value expected. */
function wantedWay(
	{ direction, expected }: { direction: Direction; expected: number | null },
	before: number
): -1 | 0 | 1 {
	if (direction === 'higher') return 1;
	if (direction === 'lower') return -1;
	if (expected === null || expected === before) return 0;
	return expected > before ? 1 : -1;
}
