import { m } from '#lib/paraglide/messages.js';
import type { Acts } from '#lib/audit/act.ts';

export const acts = {
	save_column_mapping: {
		word: m.submissions_verb_save_column_mapping,
		sentence: m.submissions_event_save_column_mapping,
		tone: 'no_data'
	},
	forget_column_mapping: {
		word: m.submissions_verb_forget_column_mapping,
		sentence: m.submissions_event_forget_column_mapping,
		tone: 'no_data'
	}
} satisfies Acts;
