import { m } from '#lib/paraglide/messages.js';

/** Notices of acts that succeeded, by `?done=`. */
export const done = {
	reopen: m.revisions_saved,
	objection: m.revisions_saved,
	grant: m.revisions_saved,
	decide: m.revisions_saved,
	lock: m.revisions_saved
};
