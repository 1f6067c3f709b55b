import { m } from '#lib/paraglide/messages.js';
import type { Acts } from '#lib/audit/act.ts';

export const acts = {
	open_revision: {
		word: m.revisions_verb_open_revision,
		sentence: m.revisions_event_open_revision,
		tone: 'no_data'
	},
	reopen: { word: m.revisions_verb_reopen, sentence: m.revisions_event_reopen, tone: 'at_risk' },
	grant_exception: {
		word: m.revisions_verb_grant_exception,
		sentence: m.revisions_event_grant_exception,
		tone: 'at_risk'
	},
	set_lock: {
		word: m.revisions_verb_set_lock,
		sentence: m.revisions_event_set_lock,
		tone: 'no_data'
	},
	raise_objection: {
		word: m.revisions_verb_raise_objection,
		sentence: m.revisions_event_raise_objection,
		tone: 'at_risk'
	},
	decide_objection: {
		word: m.revisions_verb_decide_objection,
		sentence: m.revisions_event_decide_objection,
		tone: 'no_data'
	}
} satisfies Acts;
