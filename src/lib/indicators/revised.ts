import { m } from '#lib/paraglide/messages.js';
import { date } from '#lib/ui/format.ts';

/** Flags for a chart: each revised period once, with the day it was last revised. */
export function revisedEvents(
	revised: { period: string; revised_at: string }[]
): { period: string; label: string }[] {
	const last = new Map<string, string>();
	for (const { period, revised_at } of revised) {
		const known = last.get(period);
		if (!known || Date.parse(known) < Date.parse(revised_at)) last.set(period, revised_at);
	}
	return [...last].map(([period, at]) => ({
		period,
		label: m.revisions_revised_on({ date: date(at) })
	}));
}
