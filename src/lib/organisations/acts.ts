import { m } from '#lib/paraglide/messages.js';
import type { Acts, Subjects } from '#lib/audit/act.ts';

export const acts = {
	set_up: {
		word: m.organisations_verb_set_up,
		sentence: m.organisations_event_set_up,
		tone: 'no_data'
	},
	register_organisation: {
		word: m.organisations_verb_register_organisation,
		sentence: m.organisations_event_register_organisation,
		tone: 'no_data'
	},
	end_seat: {
		word: m.organisations_verb_end_seat,
		sentence: m.organisations_event_end_seat,
		tone: 'no_data'
	}
} satisfies Acts;

export const subjects = {
	council: { word: m.organisations_subject_council, address: () => null },
	organisation: {
		word: m.organisations_subject_organisation,
		address: ({ id }) => `/organisations/${id}`,
		found: m.shell_organisations
	}
} satisfies Subjects;
