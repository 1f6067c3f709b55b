import { id, oneOf, type List, type Listed } from '#lib/kernel/list.ts';
import type { Named } from '#lib/kernel/named.ts';
import type { ActionLine } from './action-item.ts';
import { statuses } from './states.ts';

export const views = ['mine', 'all', 'overdue'] as const;
type View = (typeof views)[number];

/** The list of action items; without `show` it begins with the reader's own, if there are any. */
export const actionList = {
	filters: { show: oneOf(views), status: oneOf(statuses), organisation: id },
	sorts: ['due', 'status', 'accountable'],
	size: 50
};

/** The list of one organisation's action items. */
export const ownActionList = { filters: {}, sorts: ['due', 'status'], size: 20 };

export type ActionList = List<(typeof actionList)['filters']>;

export type ActionPage = Listed<ActionLine> & {
	show: View;
	/** How many each view holds. */
	counts: Record<View, number>;
	/** Those that have a part in any of them. */
	organisations: (Named & { id: string })[];
};
