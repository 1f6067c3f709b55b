import { m } from '#lib/paraglide/messages.js';
import type { Acts, Subjects } from '#lib/audit/act.ts';

export const acts = {
	create_api_key: {
		word: m.api_verb_create_api_key,
		sentence: m.api_event_create_api_key,
		tone: 'no_data'
	},
	revoke_api_key: {
		word: m.api_verb_revoke_api_key,
		sentence: m.api_event_revoke_api_key,
		tone: 'no_data'
	}
} satisfies Acts;

export const subjects = {
	api_key: { word: m.api_subject_api_key, address: () => null }
} satisfies Subjects;
