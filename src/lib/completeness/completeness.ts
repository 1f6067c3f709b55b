type Filed = { state: string; late_days: number | null };

/** How many filings were expected, came, were accepted, and came on time; excused ones do not count. */
export type Completeness = {
	expected: number;
	received: number;
	accepted: number;
	on_time: number;
};

/**
 * Counts obligations whose period is open. A returned filing was received; it is on time if its newest version was
 * filed by the due date.
 */
export function completeness(obligations: Filed[]): Completeness {
	const counted = obligations.filter(({ state }) => state !== 'excused' && state !== 'not_open');
	const received = counted.filter(({ late_days }) => late_days !== null);
	return {
		expected: counted.length,
		received: received.length,
		accepted: counted.filter(({ state }) => state === 'accepted').length,
		on_time: received.filter(({ late_days }) => late_days === 0).length
	};
}
