import { m } from '#lib/paraglide/messages.js';

/** What a version of a filing tells of time; instants in ISO 8601. */
type Version = {
	status: string;
	submitted_at: string | null;
	decided_at: string | null;
};

/** Milliseconds, how many spans they add up to, and whether the last of them still runs. */
export type Spans = { time: number; count: number; running: boolean };

/**
 * How long the filings of an obligation lay with the reviewers, and how long with the submitter after a return. The
 * reviewer's clock stands still while the submitter corrects, and the other way round. A version that replaces one
 * which still waited begins no new span.
 * @param versions in the order of their filing
 */
export function clock(versions: Version[], now: Date): { reviewer: Spans; submitter: Spans } {
	const reviewer: Spans = { time: 0, count: 0, running: false };
	const submitter: Spans = { time: 0, count: 0, running: false };
	let returned: string | null = null;
	let waiting = false;
	for (const { status, submitted_at, decided_at } of versions) {
		if (!submitted_at) continue;
		if (returned) add(submitter, returned, submitted_at, now);
		if (!waiting) reviewer.count++;
		// Replaced before anybody decided: its wait goes on in the next version.
		waiting = status === 'superseded';
		reviewer.time += span(submitted_at, status === 'submitted' ? null : decided_at, now);
		reviewer.running = status === 'submitted';
		returned = status === 'returned' ? decided_at : null;
	}
	if (returned) add(submitter, returned, null, now);
	return { reviewer, submitter };
}

function add(spans: Spans, from: string, until: string | null, now: Date) {
	spans.time += span(from, until, now);
	spans.count++;
	spans.running = until === null;
}

function span(from: string, until: string | null, now: Date): number {
	return Math.max(0, (until ? Date.parse(until) : now.getTime()) - Date.parse(from));
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in words: days and hours, or hours and minutes of less than a day. */
export function lengthOf(time: number): string {
	const hours = Math.floor((time % DAY) / HOUR);
	return time >= DAY
		? m.submissions_clock_days({ days: Math.floor(time / DAY), hours })
		: m.submissions_clock_hours({ hours, minutes: Math.floor((time % HOUR) / MINUTE) });
}
