import { m } from '#lib/paraglide/messages.js';
import type { Acts, Subjects } from '#lib/audit/act.ts';

export const acts = {
	save_rule: { word: m.rules_verb_save_rule, sentence: m.rules_event_save_rule, tone: 'no_data' },
	retire_rule: {
		word: m.rules_verb_retire_rule,
		sentence: m.rules_event_retire_rule,
		tone: 'no_data'
	},
	announce_measure: {
		word: m.rules_verb_announce_measure,
		sentence: m.rules_event_announce_measure,
		tone: 'no_data'
	}
} satisfies Acts;

export const subjects = {
	dataset: {
		word: m.rules_subject_dataset,
		address: ({ id }) => `/open/requirements#${encodeURIComponent(id)}`
	}
} satisfies Subjects;
