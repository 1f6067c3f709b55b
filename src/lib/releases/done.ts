import { m } from '#lib/paraglide/messages.js';

/** Notices of acts that succeeded, by `?done=`. */
export const done = {
	publish: m.releases_published_done,
	withdraw: m.releases_withdrawn_done
};
