import { m } from '#lib/paraglide/messages.js';

/** Notices of acts that succeeded, by `?done=`. */
export const done = {
	register: m.organisations_done_registered,
	endSeat: m.organisations_done_ended
};
