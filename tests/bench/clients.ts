import { quantile } from './report.ts';

export type Timing = { p50: number; p95: number; perSecond: number };

/** Does some work with some clients at once, each beginning anew when it is done: at most `most` times or `seconds`. */
export async function timed(
	work: () => Promise<unknown>,
	{ clients = 1, most = 200, seconds = 5 } = {}
): Promise<Timing> {
	for (let warm = 0; warm < 2 * clients; warm++) await work();
	const durations: number[] = [];
	const begin = performance.now();
	let started = 0;
	await Promise.all(
		Array.from({ length: clients }, async () => {
			while (started < most && performance.now() - begin < seconds * 1000) {
				started += 1;
				const from = performance.now();
				await work();
				durations.push(performance.now() - from);
			}
		})
	);
	return {
		p50: quantile(durations, 0.5),
		p95: quantile(durations, 0.95),
		perSecond: durations.length / ((performance.now() - begin) / 1000)
	};
}
