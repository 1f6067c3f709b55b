/** Numbers of submissions that were expected, received, accepted and on time; excused ones do not count. */
export type Completeness = {
	expected: number;
	received: number;
	accepted: number;
	on_time: number;
};
