/** Requests counted by who sends them; `take` gives 0, or the seconds to wait. */
export type Buckets = { take(who: string): number; wait(who: string): number };

/** Names kept at most; those whose bucket is full again are dropped first. */
const most = 20_000;

/**
 * Token buckets in the memory of this process: `perMinute` at once, and as many again in a minute. Several
 * processes behind one address each count for themselves.
 */
export function buckets(perMinute: number, clock: () => number = Date.now): Buckets {
	const kept = new Map<string, { left: number; at: number }>();
	const perSecond = perMinute / 60;

	function filled(who: string) {
		const now = clock();
		const known = kept.get(who);
		if (!known) return { left: perMinute, at: now };
		return {
			left: Math.min(perMinute, known.left + ((now - known.at) / 1000) * perSecond),
			at: now
		};
	}

	function forgetFull() {
		for (const who of kept.keys()) if (filled(who).left >= perMinute) kept.delete(who);
		if (kept.size >= most) kept.clear();
	}

	const missing = (left: number) =>
		left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond));

	return {
		take(who) {
			if (kept.size >= most) forgetFull();
			const bucket = filled(who);
			const wait = missing(bucket.left);
			if (wait === 0) kept.set(who, { left: bucket.left - 1, at: bucket.at });
			return wait;
		},
		wait: (who) => missing(filled(who).left)
	};
}
