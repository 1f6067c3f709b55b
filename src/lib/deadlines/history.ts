import type { Values } from '#lib/kernel/database-values.ts';
import { m } from '#lib/paraglide/messages.js';
import { acts as revisions } from '#lib/revisions/acts.ts';
import { acts } from './acts.ts';
import type { Tone } from '#lib/ui/tone.ts';

/** A request for a later due date, and what was decided. */
export type ExtensionRequest = {
	id: string;
	organisation_id: string;
	due_before: string;
	wished_on: string;
	reason: string;
	asked_at: string;
	status: Values['extension_requests.status'];
	due_after: string | null;
	decision_reason: string | null;
	decided_by_organisation: string | null;
	decided_at: string | null;
};

/** A period that need not be filed, perhaps taken back. */
type Excuse = {
	id: string;
	reason: string;
	excused_by_organisation: string;
	excused_at: string;
	ended_reason: string | null;
	ended_by_organisation: string | null;
	ended_at: string | null;
};

/** A due date that became later with the holidays. */
type CalendarMove = { id: string; due_before: string; due_after: string; moved_at: string };

/** Everything that is recorded about a due date, and the exceptions to the lock that follows it. */
export type Recorded = {
	requests: ExtensionRequest[];
	excuses: Excuse[];
	moves: CalendarMove[];
	exceptions: { id: string; reason: string; until: string; granted_at: string }[];
};

export type Happened = {
	id: string;
	at: string;
	title: string;
	tone: Tone;
	text: string | null;
};

/** Everything that happened to a due date, the newest first. `nameOf` gives an organisation's name. */
export function history(
	{ requests, excuses, moves, exceptions }: Recorded,
	nameOf: (organisation: string | null) => string
): Happened[] {
	const asked = requests.flatMap((request): Happened[] => [
		{
			id: `${request.id} asked`,
			at: request.asked_at,
			title: m.deadlines_asked({
				who: nameOf(request.organisation_id),
				from: request.due_before,
				to: request.wished_on
			}),
			tone: acts.request_extension.tone,
			text: request.reason
		},
		...(request.decided_at ? [decision(request, request.decided_at, nameOf)] : [])
	]);
	const excused = excuses.flatMap((excuse): Happened[] => [
		{
			id: `${excuse.id} excused`,
			at: excuse.excused_at,
			title: m.deadlines_excused({ who: nameOf(excuse.excused_by_organisation) }),
			tone: acts.excuse_obligation.tone,
			text: excuse.reason
		},
		...(excuse.ended_at
			? [
					{
						id: `${excuse.id} ended`,
						at: excuse.ended_at,
						title: m.deadlines_excuse_ended({ who: nameOf(excuse.ended_by_organisation) }),
						tone: acts.end_excuse.tone,
						text: excuse.ended_reason
					}
				]
			: [])
	]);
	const moved = moves.map(({ id, moved_at, due_before, due_after }): Happened => ({
		id,
		at: moved_at,
		title: m.deadlines_calendar_moved({ from: due_before, to: due_after }),
		tone: acts.follow_calendar.tone,
		text: null
	}));
	const granted = exceptions.map(({ id, granted_at, until, reason }): Happened => ({
		id,
		at: granted_at,
		title: m.revisions_exception({ date: until }),
		tone: revisions.grant_exception.tone,
		text: reason
	}));
	return [...asked, ...excused, ...moved, ...granted].sort(
		(a, b) => Date.parse(b.at) - Date.parse(a.at)
	);
}

function decision(
	request: ExtensionRequest,
	at: string,
	nameOf: (organisation: string | null) => string
): Happened {
	const who = nameOf(request.decided_by_organisation);
	const said = { id: `${request.id} decided`, at, text: request.decision_reason };
	switch (request.status) {
		case 'approved':
			return {
				...said,
				title: m.deadlines_approved({ who, date: request.due_after ?? '' }),
				tone: acts.approve_extension.tone
			};
		case 'declined':
			return { ...said, title: m.deadlines_declined({ who }), tone: acts.decline_extension.tone };
		case 'open':
		case 'withdrawn':
			return { ...said, title: m.deadlines_withdrawn({ who }), tone: acts.withdraw_extension.tone };
	}
}
