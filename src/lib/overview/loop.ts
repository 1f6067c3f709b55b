import { isOverdue } from '#lib/action-items/due.ts';
import type { ChainLink, FilingParty, FilingStrip, OverviewRow } from './overview.ts';

export const stations = ['filed', 'reviewed', 'shared', 'decided', 'acted'] as const;
export type Station = (typeof stations)[number];

/** How many of how many reached a station of the loop. */
type Passed = { done: number; of: number };

export interface Loop extends Record<Station, Passed> {
	/** Filings past their due date, votes that run, tasks past their due date. */
	late: number;
	voting: number;
	overdue: number;
}

/** The loop from figure to deed with its counts: of the newest periods filed, of the resolutions of all meetings. */
export function loopOf(
	filings: FilingStrip[],
	parties: FilingParty[],
	figures: OverviewRow[],
	resolutions: ChainLink[],
	today: string
): Loop {
	const sum = (count: (strip: FilingStrip) => number) =>
		filings.reduce((total, strip) => total + count(strip), 0);
	const tasks = resolutions.flatMap((one) => one.tasks);
	const received = sum((strip) => strip.received);
	return {
		filed: { done: received, of: sum((strip) => strip.owed) },
		reviewed: { done: sum((strip) => strip.accepted), of: received },
		shared: { done: figures.filter((one) => one.finished).length, of: figures.length },
		decided: {
			done: resolutions.filter((one) => one.status === 'adopted').length,
			of: resolutions.length
		},
		acted: { done: tasks.filter((one) => one.status === 'accepted').length, of: tasks.length },
		late: parties.filter(({ state }) => state === 'late').length,
		voting: resolutions.filter((one) => one.status === 'voting').length,
		overdue: tasks.filter((one) => isOverdue(one, today)).length
	};
}
