import type { Values } from '#lib/kernel/database-values.ts';

export type ActionStatus = Values['action_items.status'];

/** An action item that still needs something of the accountable organisation. */
export function isOpen(status: ActionStatus): boolean {
	return status === 'assigned' || status === 'in_progress';
}

/** Past its day and not reported done. Waiting for acceptance is the other party's delay. */
export function isOverdue(item: { status: ActionStatus; due_on: string }, today: string): boolean {
	return isOpen(item.status) && item.due_on < today;
}
