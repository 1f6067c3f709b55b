import { m } from '#lib/paraglide/messages.js';
import type { Kinds } from '#lib/notifications/kind.ts';
import { acts } from './acts.ts';

export const kinds = {
	returned: {
		sentence: m.reviews_notification_returned,
		uncounted: m.reviews_notification_returned_whole,
		tone: acts.return.tone
	},
	partly_accepted: {
		sentence: m.reviews_notification_partly_accepted,
		uncounted: m.reviews_notification_partly_accepted_whole,
		tone: acts.accept_partly.tone
	},
	cells_opened: {
		sentence: m.reviews_notification_cells_opened,
		tone: acts.open_more_cells.tone
	},
	replied: {
		sentence: m.reviews_notification_replied,
		tone: acts.reply_to_marks.tone,
		address: (id) => `/reviews/${id}`
	},
	accepted: { sentence: m.reviews_notification_accepted, tone: acts.accept.tone }
} satisfies Kinds;
