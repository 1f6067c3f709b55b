import { m } from '#lib/paraglide/messages.js';

/** Notices of acts that succeeded, by `?done=`. */
export const done = {
	change: m.identity_roles_changed,
	end: m.identity_membership_ended,
	withdraw: m.identity_invitation_withdrawn,
	password: m.identity_password_changed,
	session: m.identity_session_ended,
	signed_out: m.identity_signed_out,
	account: m.identity_account_ready
};
