/** Fewer changes say nothing of how much they vary. */
const ENOUGH = 4;

/**
 * How much the changes of a figure from one period to the next vary around their own mean: their standard deviation. A
 * steady rise varies little, however steep. Null for too few periods.
 */
export function spreadOf(values: number[]): number | null {
	const changes = values.slice(1).map((value, at) => value - values[at]!);
	if (changes.length < ENOUGH) return null;
	const mean = changes.reduce((sum, one) => sum + one, 0) / changes.length;
	const squares = changes.reduce((sum, one) => sum + (one - mean) ** 2, 0);
	return Math.sqrt(squares / (changes.length - 1));
}

/** Whether a change is more than twice what changes vary by anyway; where that is not known, nothing is clear. */
export const isClear = (change: number, spread: number | null): boolean =>
	spread !== null && Math.abs(change) > 2 * spread;
