import { m } from '#lib/paraglide/messages.js';

/** Notices of acts that succeeded, by `?done=`. */
export const done = {
	plan: m.meetings_done_planned,
	propose: m.meetings_done_proposed,
	schedule: m.meetings_done_scheduled,
	decline: m.meetings_done_declined,
	open: m.meetings_done_opened,
	put: m.meetings_done_put,
	vote: m.meetings_done_voted,
	adopted: m.meetings_done_adopted,
	rejected: m.meetings_done_rejected,
	close: m.meetings_done_closed
};
