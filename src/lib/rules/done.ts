import { m } from '#lib/paraglide/messages.js';

/** Notices of acts that succeeded, by `?done=`. */
export const done = {
	save: m.rules_saved,
	retire: m.rules_retired,
	announce: m.rules_announced_done
};
