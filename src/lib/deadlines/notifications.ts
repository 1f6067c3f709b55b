import { m } from '#lib/paraglide/messages.js';
import type { Kinds } from '#lib/notifications/kind.ts';
import { filingStates } from '#lib/submissions/states.ts';
import { acts } from './acts.ts';

export const kinds = {
	due_in_5: { sentence: m.deadlines_notification_due, tone: filingStates.due_soon.tone },
	due_in_1: { sentence: m.deadlines_notification_due, tone: filingStates.due_soon.tone },
	overdue: { sentence: m.deadlines_notification_overdue, tone: filingStates.overdue.tone },
	escalated: { sentence: m.deadlines_notification_escalated, tone: filingStates.overdue.tone },
	calendar_moved: {
		sentence: m.deadlines_notification_calendar_moved,
		tone: acts.follow_calendar.tone
	},
	extension_asked: {
		sentence: m.deadlines_notification_extension_asked,
		tone: acts.request_extension.tone
	},
	extension_approved: {
		sentence: m.deadlines_notification_extension_approved,
		tone: acts.approve_extension.tone
	},
	extension_declined: {
		sentence: m.deadlines_notification_extension_declined,
		tone: acts.decline_extension.tone
	},
	excused: { sentence: m.deadlines_notification_excused, tone: acts.excuse_obligation.tone },
	excuse_ended: { sentence: m.deadlines_notification_excuse_ended, tone: acts.end_excuse.tone }
} satisfies Kinds;
