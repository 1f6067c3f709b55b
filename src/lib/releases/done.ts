import { m } from '#lib/paraglide/messages.js';

/** What was done, by `?done=`. */
export const done = {
	publish: m.sharing_release_published_done,
	withdraw: m.sharing_release_withdrawn_done
};
