import { m } from '#lib/paraglide/messages.js';
import type { Kinds } from '#lib/notifications/kind.ts';
import { acts } from './acts.ts';

export const kinds = {
	action_item_assigned: {
		sentence: m.action_items_notification_assigned,
		tone: acts.assign_action_item.tone
	},
	action_item_due_in_5: { sentence: m.action_items_notification_due, tone: 'at_risk' },
	action_item_due_in_1: { sentence: m.action_items_notification_due, tone: 'at_risk' },
	action_item_overdue: { sentence: m.action_items_notification_overdue, tone: 'missed' },
	action_item_reported: {
		sentence: m.action_items_notification_reported,
		tone: acts.report_done.tone
	},
	action_item_sent_back: {
		sentence: m.action_items_notification_sent_back,
		tone: acts.send_back_action_item.tone
	},
	action_item_accepted: {
		sentence: m.action_items_notification_accepted,
		tone: acts.accept_action_item.tone
	},
	action_item_cancelled: {
		sentence: m.action_items_notification_cancelled,
		tone: acts.cancel_action_item.tone
	}
} satisfies Kinds;
