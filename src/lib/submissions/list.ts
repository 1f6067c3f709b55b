import { code, id, oneOf } from '#lib/kernel/list.ts';
import type { List, Listed } from '#lib/kernel/list.ts';
import type { Completeness } from '#lib/completeness/completeness.ts';
import type { Named } from '#lib/kernel/named.ts';
import type { Objection } from '#lib/revisions/revision.ts';
import type { Obligation } from './obligation.ts';
import type { FilingState } from './states.ts';

/** The states by which obligations are looked for. */
export const states = [
	'open',
	'due_soon',
	'overdue',
	'submitted',
	'returned',
	'partly_accepted',
	'reopened',
	'accepted',
	'excused'
] as const satisfies FilingState[];

/** The list of obligations with their newest submissions. */
export const obligationList = {
	filters: { state: oneOf(states), dataset: code, organisation: id },
	sorts: ['organisation', 'period', 'due', 'state'],
	size: 50
};

export type ObligationList = List<(typeof obligationList)['filters']>;

/** An obligation, and the day wished for by a request that nobody has decided on yet. */
type ObligationLine = Obligation & { wished_on: string | null };

export type ObligationPage = Listed<ObligationLine> & {
	/** Of all that the filters leave. */
	completeness: Completeness;
	/** What the reader has to file or to correct, the oldest first. */
	waiting: Listed<ObligationLine>;
	/** Objections that wait for the secretariat, as far as the reader may see them. */
	objections: Objection[];
	/** What there is to choose from. */
	datasets: (Named & { code: string })[];
	organisations: (Named & { id: string })[];
	/** The years in which something is due. */
	years: number[];
};
