import { m } from '#lib/paraglide/messages.js';
import type { Acts, Subjects } from '#lib/audit/act.ts';

export const acts = {
	invite_member: {
		word: m.identity_verb_invite_member,
		sentence: m.identity_event_invite_member,
		tone: 'no_data'
	},
	withdraw_invitation: {
		word: m.identity_verb_withdraw_invitation,
		sentence: m.identity_event_withdraw_invitation,
		tone: 'no_data'
	},
	accept_invitation: {
		word: m.identity_verb_accept_invitation,
		sentence: m.identity_event_accept_invitation,
		tone: 'no_data'
	},
	change_member_roles: {
		word: m.identity_verb_change_member_roles,
		sentence: m.identity_event_change_member_roles,
		tone: 'no_data'
	},
	end_membership: {
		word: m.identity_verb_end_membership,
		sentence: m.identity_event_end_membership,
		tone: 'no_data'
	}
} satisfies Acts;

export const subjects = {
	invitation: { word: m.identity_subject_invitation, address: () => null },
	member: { word: m.identity_subject_member, address: () => null }
} satisfies Subjects;
