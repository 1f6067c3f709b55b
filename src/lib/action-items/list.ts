import { id, oneOf, type List, type Listed } from '#lib/kernel/list.ts';
import type { Named } from '#lib/kernel/named.ts';
import type { ActionLine } from './action-item.ts';
import { statuses } from './states.ts';

export const views = ['mine', 'all', 'overdue'] as const;
type View = (typeof views)[number];

/** How the page of action items can be asked for; without `show` it shows what is the reader's own, if there is any. */
export const actionList = {
	filters: { show: oneOf(views), status: oneOf(statuses), organisation: id },
	sorts: ['due', 'status', 'accountable'],
	size: 50
};

/** How those of one organisation can be asked for. */
export const ownActionList = { filters: {}, sorts: ['due', 'status'], size: 20 };

export type ActionList = List<(typeof actionList)['filters']>;

export type ActionPage = Listed<ActionLine> & {
	show: View;
	/** How many each view holds. */
	counts: Record<View, number>;
	/** Those that have a part in any of them. */
	organisations: (Named & { id: string })[];
};
