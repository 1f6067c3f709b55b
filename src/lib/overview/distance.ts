import type { Aim } from '#lib/indicators/target-status.ts';

/**
 * How far a value is from its target, as a share of the target, so that all indicators stand on one axis: 0 on it, -0.1
 * a tenth short of it, 0.1 a tenth better than asked. Inside a range it is the distance to the nearer end. Null for a
 * target of 0, of which nothing is a share.
 */
export function distanceTo({ kind, value: wanted, upper_value: upper }: Aim, value: number) {
	const better =
		kind === 'ceiling'
			? wanted - value
			: kind === 'range' && upper !== null
				? Math.min(value - wanted, upper - value)
				: value - wanted;
	return wanted === 0 ? null : better / Math.abs(wanted);
}

type Measured = { distance: number | null; status: string | null };

/** Worst first: the farthest short of its target, then those of which there is nothing to measure. */
export function worstFirst<Row extends Measured>(rows: Row[]): Row[] {
	return rows.toSorted((a, b) => (a.distance ?? Infinity) - (b.distance ?? Infinity));
}

/** The axis that all distances share: where a distance stands on it, from 0 to 1, and where its ticks are. */
export interface DistanceAxis {
	at: (distance: number) => number;
	/** Whether a distance lies past the end, where its mark says so. */
	beyond: (distance: number) => boolean;
	ticks: number[];
}

/** What is farther than this is drawn at the end of the axis: one wild figure must not press all others together. */
const FARTHEST = 0.6;
const STEPS = [0.02, 0.05, 0.1, 0.2, 0.3];

/** The axis for these distances: to the next round tick on both sides of the target. */
export function distanceAxis(distances: number[]): DistanceAxis {
	const inside = distances.map((one) => Math.max(-FARTHEST, Math.min(FARTHEST, one)));
	const low = Math.min(-0.02, ...inside);
	const high = Math.max(0.02, ...inside);
	const step = STEPS.find((one) => (high - low) / one <= 4) ?? STEPS.at(-1)!;
	const first = Math.floor(low / step - 1e-9);
	const last = Math.ceil(high / step + 1e-9);
	const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
		tidy((first + index) * step)
	);
	const [from, to] = [first * step, last * step];
	return {
		at: (distance) => Math.max(0, Math.min(1, (distance - from) / (to - from))),
		beyond: (distance) => distance < from - 1e-9 || distance > to + 1e-9,
		ticks
	};
}

const tidy = (value: number) => Number(value.toPrecision(6));
