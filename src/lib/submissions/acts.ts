import { m } from '#lib/paraglide/messages.js';
import type { Acts, Subjects } from '#lib/audit/act.ts';

export const acts = {
	open_obligations: {
		word: m.submissions_verb_open_obligations,
		sentence: m.submissions_event_open_obligations,
		tone: 'no_data'
	},
	submit: {
		word: m.submissions_verb_submit,
		sentence: m.submissions_event_submit,
		tone: 'on_track'
	}
} satisfies Acts;

export const subjects = {
	submission: { word: m.submissions_subject_submission, address: ({ id }) => `/submissions/${id}` }
} satisfies Subjects;
