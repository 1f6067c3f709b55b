/** Whether an accepted filing is locked today (days as YYYY-MM-DD): it is from the day after `locksOn`. */
export function isLocked(locksOn: string | null, today: string): boolean {
	return locksOn !== null && locksOn < today;
}

/** The recorded exception under which it may be corrected all the same, if one still runs. */
export function permitted<Exception extends { until: string }>(
	exceptions: Exception[],
	today: string
): Exception | null {
	return exceptions.findLast(({ until }) => until >= today) ?? null;
}
