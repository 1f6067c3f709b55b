import { m } from '#lib/paraglide/messages.js';

/** What was done, by `?done=`. */
export const done = {
	register: m.organisations_done_registered,
	endSeat: m.organisations_done_ended
};
