import { m } from '#lib/paraglide/messages.js';
import { date, days, lateness } from '#lib/ui/format.ts';
import { isOpen, type ActionStatus } from './due.ts';

export function statusName(status: ActionStatus): string {
	return {
		assigned: m.actions_status_assigned,
		in_progress: m.actions_status_in_progress,
		reported: m.actions_status_reported,
		accepted: m.actions_status_accepted,
		cancelled: m.actions_status_cancelled
	}[status]();
}

/** Where an item stands against its day: `3 days late`, `5 days left`, `done 2 days early`; nothing once cancelled. */
export function dueWords(
	item: { status: ActionStatus; due_on: string; done_at: string | null },
	today: string
): string {
	if (isOpen(item.status)) return lateness(item.due_on, today);
	if (item.status === 'reported') return m.actions_due_waiting();
	if (item.status === 'cancelled' || !item.done_at) return '';
	const late = days(item.due_on, date(item.done_at));
	if (late === 0) return m.actions_done_on_the_day();
	return late > 0 ? m.actions_done_late({ days: late }) : m.actions_done_early({ days: -late });
}
