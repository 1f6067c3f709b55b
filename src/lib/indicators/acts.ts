import { m } from '#lib/paraglide/messages.js';
import type { Acts, Subjects } from '#lib/audit/act.ts';

export const acts = {
	set_target: {
		word: m.indicators_verb_set_target,
		sentence: m.indicators_event_set_target,
		tone: 'no_data'
	}
} satisfies Acts;

export const subjects = {
	indicator: {
		word: m.indicators_subject_indicator,
		address: ({ id }) => `/indicators/${encodeURIComponent(id)}`,
		found: m.shell_indicators
	}
} satisfies Subjects;
