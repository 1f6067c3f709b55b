import { m } from '#lib/paraglide/messages.js';
import type { State, States } from '#lib/ui/state.ts';
import { isOverdue, type ActionStatus } from './due.ts';

/** In the order in which an item goes through them. */
export const actionStates: States<ActionStatus> = {
	assigned: { word: m.action_items_status_assigned, tone: 'no_data' },
	in_progress: { word: m.action_items_status_in_progress, tone: 'on_track' },
	reported: { word: m.action_items_status_reported, tone: 'at_risk' },
	accepted: { word: m.action_items_status_accepted, tone: 'achieved' },
	cancelled: { word: m.action_items_status_cancelled, tone: 'no_data' }
};

export const statuses = Object.keys(actionStates) as ActionStatus[];

/** The state of an item: its status, and what is late looks wrong whatever its status says. */
export function stateOf(item: { status: ActionStatus; due_on: string }, today: string): State {
	const { word, tone } = actionStates[item.status];
	return { word, tone: isOverdue(item, today) ? 'missed' : tone };
}

/** The columns of the database that hold these states. */
export const columns = {
	'action_items.status': actionStates
};
