import type { Values } from '#lib/kernel/database-values.ts';

export type ActionStatus = Values['action_items.status'];

/** What the accountable organisation still has to do something about. */
export function isOpen(status: ActionStatus): boolean {
	return status === 'assigned' || status === 'in_progress';
}

/** Past its day and not reported done. Waiting for acceptance is the other party's delay. */
export function isOverdue(item: { status: ActionStatus; due_on: string }, today: string): boolean {
	return isOpen(item.status) && item.due_on < today;
}

/** The order in which an office works: what is latest first, then what is due next, then what is finished. */
export function byUrgency(
	one: { status: ActionStatus; due_on: string },
	other: { status: ActionStatus; due_on: string }
): number {
	const rank = (status: ActionStatus) => (isOpen(status) ? 0 : status === 'reported' ? 1 : 2);
	const difference = rank(one.status) - rank(other.status);
	if (difference) return difference;
	return rank(one.status) === 2
		? other.due_on.localeCompare(one.due_on)
		: one.due_on.localeCompare(other.due_on);
}
