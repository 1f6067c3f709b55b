/** How many filings were expected, came, were accepted, and came on time; excused ones do not count. */
export type Completeness = {
	expected: number;
	received: number;
	accepted: number;
	on_time: number;
};
