import { m } from '#lib/paraglide/messages.js';
import type { Acts } from '#lib/audit/act.ts';

export const acts = {
	open_revision: {
		word: m.revisions_verb_open_revision,
		sentence: m.revisions_event_open_revision,
		tone: 'no_data'
	},
	reopen: { word: m.revisions_verb_reopen, sentence: m.revisions_event_reopen, tone: 'at_risk' },
	permit_late_change: {
		word: m.revisions_verb_permit_late_change,
		sentence: m.revisions_event_permit_late_change,
		tone: 'at_risk'
	},
	set_lock: {
		word: m.revisions_verb_set_lock,
		sentence: m.revisions_event_set_lock,
		tone: 'no_data'
	},
	contest: { word: m.revisions_verb_contest, sentence: m.revisions_event_contest, tone: 'at_risk' },
	decide_contest: {
		word: m.revisions_verb_decide_contest,
		sentence: m.revisions_event_decide_contest,
		tone: 'no_data'
	}
} satisfies Acts;
