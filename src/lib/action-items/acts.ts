import { m } from '#lib/paraglide/messages.js';
import type { Acts, Subjects } from '#lib/audit/act.ts';
import type { ActionStatus } from './due.ts';
import { stateOf } from './states.ts';

export const acts = {
	assign_action_item: {
		word: m.action_items_verb_assign_action_item,
		sentence: m.action_items_event_assign_action_item,
		tone: 'no_data'
	},
	report_progress: {
		word: m.action_items_verb_report_progress,
		sentence: m.action_items_event_report_progress,
		tone: 'on_track'
	},
	report_done: {
		word: m.action_items_verb_report_done,
		sentence: m.action_items_event_report_done,
		tone: 'on_track'
	},
	accept_action_item: {
		word: m.action_items_verb_accept_action_item,
		sentence: m.action_items_event_accept_action_item,
		tone: 'achieved'
	},
	send_back_action_item: {
		word: m.action_items_verb_send_back_action_item,
		sentence: m.action_items_event_send_back_action_item,
		tone: 'at_risk'
	},
	cancel_action_item: {
		word: m.action_items_verb_cancel_action_item,
		sentence: m.action_items_event_cancel_action_item,
		tone: 'no_data'
	}
} satisfies Acts;

export const subjects = {
	action_item: {
		word: m.action_items_subject_action_item,
		address: ({ id }) => `/action-items/${id}`,
		found: m.shell_action_items,
		link: {
			day: m.action_items_link_due,
			state: ({ status, day }, today) =>
				stateOf({ status: status as ActionStatus, due_on: day }, today)
		}
	}
} satisfies Subjects;
