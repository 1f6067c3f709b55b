import { m } from '#lib/paraglide/messages.js';
import type { Kinds } from '#lib/notifications/kind.ts';
import { acts } from './acts.ts';

const objection = (id: string) => `/submissions/${id}#objection`;

/** The decision on an objection looks as it is for the reader. */
export const kinds = {
	reopened: { sentence: m.revisions_notification_reopened, tone: acts.reopen.tone },
	objected: {
		sentence: m.revisions_notification_objected,
		tone: acts.raise_objection.tone,
		address: objection
	},
	objection_to_decide: {
		sentence: m.revisions_notification_objection_to_decide,
		tone: acts.raise_objection.tone,
		address: objection
	},
	objection_upheld: {
		sentence: m.revisions_notification_objection_upheld,
		tone: 'missed',
		address: objection
	},
	objection_granted: {
		sentence: m.revisions_notification_objection_granted,
		tone: 'achieved',
		address: objection
	},
	decision_upheld: {
		sentence: m.revisions_notification_decision_upheld,
		tone: 'on_track',
		address: objection
	},
	decision_overruled: {
		sentence: m.revisions_notification_decision_overruled,
		tone: 'on_track',
		address: objection
	}
} satisfies Kinds;
