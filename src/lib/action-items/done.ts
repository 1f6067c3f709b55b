import { m } from '#lib/paraglide/messages.js';

/** Notices of acts that succeeded, by `?done=`. */
export const done = {
	assign: m.action_items_done_assigned,
	progress: m.action_items_done_progress,
	report: m.action_items_done_reported,
	accept: m.action_items_done_accepted,
	sendBack: m.action_items_done_sent_back,
	cancel: m.action_items_done_cancelled
};
