import { m } from '#lib/paraglide/messages.js';

/** What was done, by `?done=`. */
export const done = {
	revoke: m.api_keys_revoked
};
