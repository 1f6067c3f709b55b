import { m } from '#lib/paraglide/messages.js';

/** Notices of decisions on the submission before this one, by `?done=`. */
export const done = {
	accepted: m.reviews_done_accepted,
	submitted: m.reviews_done_submitted,
	returned: m.reviews_done_returned,
	partly_accepted: m.reviews_done_partly,
	opened: m.reviews_open_done
};
