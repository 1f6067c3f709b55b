import { m } from '#lib/paraglide/messages.js';

/** Notices of acts that succeeded, by `?done=`. */
export const done = {
	ask: m.deadlines_done_ask,
	withdraw: m.deadlines_done_withdraw,
	approve: m.deadlines_done_approve,
	decline: m.deadlines_done_decline,
	excuse: m.deadlines_done_excuse,
	end: m.deadlines_done_end,
	revoke: m.deadlines_calendar_revoked
};
