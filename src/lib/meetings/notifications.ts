import { m } from '#lib/paraglide/messages.js';
import type { Kinds } from '#lib/notifications/kind.ts';
import { agendaItemStates, meetingStates, resolutionStates } from './states.ts';

export const kinds = {
	meeting_planned: { sentence: m.meetings_notification_planned, tone: meetingStates.planned.tone },
	agenda_item_proposed: {
		sentence: m.meetings_notification_proposed,
		tone: agendaItemStates.proposed.tone
	},
	agenda_item_scheduled: {
		sentence: m.meetings_notification_scheduled,
		tone: agendaItemStates.scheduled.tone
	},
	agenda_item_declined: {
		sentence: m.meetings_notification_declined,
		tone: agendaItemStates.declined.tone
	},
	meeting_opened: { sentence: m.meetings_notification_opened, tone: meetingStates.open.tone },
	voting_opened: { sentence: m.meetings_notification_voting, tone: 'at_risk' },
	resolution_adopted: {
		sentence: m.meetings_notification_adopted,
		tone: resolutionStates.adopted.tone
	},
	resolution_rejected: {
		sentence: m.meetings_notification_rejected,
		tone: resolutionStates.rejected.tone
	},
	meeting_closed: { sentence: m.meetings_notification_closed, tone: meetingStates.closed.tone }
} satisfies Kinds;
