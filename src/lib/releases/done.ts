import { m } from '#lib/paraglide/messages.js';

/** What was done, by `?done=`. */
export const done = {
	publish: m.releases_published_done,
	withdraw: m.releases_withdrawn_done
};
