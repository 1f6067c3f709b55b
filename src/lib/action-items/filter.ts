import { isOverdue } from './due.ts';
import type { ActionStatus } from './due.ts';
import { statuses } from './states.ts';

export const views = ['mine', 'all', 'overdue'] as const;
export type View = (typeof views)[number];

export interface ActionFilter {
	view: View;
	status: ActionStatus | null;
	organisation: string | null;
}

interface Item {
	status: ActionStatus;
	due_on: string;
	accountable_id: string;
	accepting_id: string;
}

/** The filter of an address; by default what is the reader's own, if they have any. */
export function actionFilter(parameters: URLSearchParams, byDefault: View): ActionFilter {
	const view = views.find((one) => one === parameters.get('show'));
	return {
		view: view ?? byDefault,
		status: statuses.find((one) => one === parameters.get('status')) ?? null,
		organisation: parameters.get('organisation') || null
	};
}

/** Whether an organisation has to do with an item: it works on it, or accepts it. */
export function concerns(item: Item, organisation: string | null): boolean {
	return item.accountable_id === organisation || item.accepting_id === organisation;
}

export function inView(
	item: Item,
	view: View,
	organisation: string | null,
	today: string
): boolean {
	if (view === 'mine') return concerns(item, organisation);
	return view === 'all' || isOverdue(item, today);
}

/** The items a filter leaves. */
export function filtered<I extends Item>(
	items: I[],
	filter: ActionFilter,
	organisation: string | null,
	today: string
): I[] {
	return items.filter(
		(item) =>
			inView(item, filter.view, organisation, today) &&
			(!filter.status || item.status === filter.status) &&
			(!filter.organisation || concerns(item, filter.organisation))
	);
}
