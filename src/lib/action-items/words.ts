import type { Values } from '#lib/kernel/database-values.ts';
import { m } from '#lib/paraglide/messages.js';
import { date, days, lateness } from '#lib/ui/format.ts';
import type { Tone } from '#lib/ui/tone.ts';
import { acts } from './acts.ts';
import { isOpen } from './due.ts';
import type { ActionStatus } from './due.ts';

/** The distance of an item from its due date: `3 days late`, `5 days left`, `done 2 days early`; nothing once cancelled. */
export function dueWords(
	item: { status: ActionStatus; due_on: string; done_at: string | null },
	today: string
): string {
	if (isOpen(item.status)) return lateness(item.due_on, today);
	if (item.status === 'reported') return m.action_items_due_waiting();
	if (item.status === 'cancelled' || !item.done_at) return '';
	const late = days(item.due_on, date(item.done_at));
	if (late === 0) return m.action_items_done_on_the_day();
	return late > 0
		? m.action_items_done_late({ days: late })
		: m.action_items_done_early({ days: -late });
}

type ReportKind = Values['action_reports.kind'];

/** The title of a report in the history: the organisation and its act. */
export function reportTitle(kind: ReportKind, organisation: string): string {
	return {
		progress: m.action_items_did_progress,
		done: m.action_items_did_done,
		accepted: m.action_items_did_accept,
		sent_back: m.action_items_did_send_back,
		cancelled: m.action_items_did_cancel
	}[kind]({ organisation });
}

/** A report looks like the act that wrote it, wherever that is told. */
export function reportTone(kind: ReportKind): Tone {
	return {
		progress: acts.report_progress,
		done: acts.report_done,
		accepted: acts.accept_action_item,
		sent_back: acts.send_back_action_item,
		cancelled: acts.cancel_action_item
	}[kind].tone;
}
