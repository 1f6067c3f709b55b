/** Whether an accepted filing is locked today (days as YYYY-MM-DD): it is from the day after `locksOn`. */
export function isLocked(locksOn: string | null, today: string): boolean {
	return locksOn !== null && locksOn < today;
}

/** The newest exception to the lock that still runs, or null. */
export function runningException<Exception extends { until: string }>(
	exceptions: Exception[],
	today: string
): Exception | null {
	return exceptions.findLast(({ until }) => until >= today) ?? null;
}
