import { m } from '#lib/paraglide/messages.js';
import type { Acts, Subjects } from '#lib/audit/act.ts';

export const acts = {
	publish_release: {
		word: m.releases_verb_publish_release,
		sentence: m.releases_event_publish_release,
		tone: 'no_data'
	},
	withdraw_release: {
		word: m.releases_verb_withdraw_release,
		sentence: m.releases_event_withdraw_release,
		tone: 'missed'
	}
} satisfies Acts;

export const subjects = {
	release: { word: m.releases_subject_release, address: () => '/releases' }
} satisfies Subjects;
