/**
 * The change from one value to another in per cent; null where there is nothing to compare with.
 */
export function changePercent(
	now: number | null,
	before: number | null | undefined
): number | null {
	if (now === null || before === null || before === undefined || before === 0) return null;
	return ((now - before) / Math.abs(before)) * 100;
}
