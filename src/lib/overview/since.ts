import { isClear } from './spread.ts';
import type { ChainLink, LastMeeting, OverviewRow } from './overview.ts';

/** How an indicator moved: for better or worse by its own direction, or only moved. */
export type Way = 'worse' | 'same' | 'better' | 'moved' | 'unknown';

export interface SinceMeeting {
	/** Whose newest finished period was complete only after the meeting, and moved by more than usual; what got worse first. */
	moved: { row: OverviewRow; way: Way }[];
	/** Such that did not clearly move, and such of which nothing may be said. */
	same: OverviewRow[];
	unknown: OverviewRow[];
	decided: number;
	done: number;
}

/** What changed since a meeting was opened, of finished periods alone. */
export function sinceMeeting(
	rows: OverviewRow[],
	resolutions: ChainLink[],
	meeting: LastMeeting
): SinceMeeting {
	const after = (moment: string | null) =>
		moment !== null && Date.parse(moment) > Date.parse(meeting.opened_at);
	const day = meeting.opened_at.slice(0, 10);
	const order: Way[] = ['worse', 'better', 'moved'];
	const newer = rows
		.filter((row) => row.finished && after(row.accepted_at))
		.map((row) => ({ row, way: wayOf(row) }));
	const all = (way: Way) => newer.flatMap((one) => (one.way === way ? [one.row] : []));
	return {
		moved: order.flatMap((way) => all(way).map((row) => ({ row, way }))),
		same: all('same'),
		unknown: all('unknown'),
		decided: resolutions.filter((one) => one.status === 'adopted' && after(one.decided_at)).length,
		done: resolutions
			.flatMap(({ tasks }) => tasks)
			.filter((task) => task.status === 'accepted' && (task.done_on ?? '') > day).length
	};
}

/** A change within what the figure varies by anyway is none. */
export function wayOf({
	change,
	spread,
	direction
}: Pick<OverviewRow, 'change' | 'spread' | 'direction'>): Way {
	if (change?.change == null) return 'unknown';
	if (!isClear(change.change, spread)) return 'same';
	if (direction !== 'higher' && direction !== 'lower') return 'moved';
	return change.change > 0 === (direction === 'higher') ? 'better' : 'worse';
}
