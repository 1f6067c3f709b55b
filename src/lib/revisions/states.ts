import type { Values } from '#lib/kernel/database-values.ts';
import { m } from '#lib/paraglide/messages.js';
import { date } from '#lib/ui/format.ts';
import type { State, States } from '#lib/ui/state.ts';

const revised = (at: string): State => ({
	word: () => m.revisions_revised_on({ date: date(at) }),
	tone: 'achieved'
});
const withdrawn = (at: string): State => ({
	word: () => m.revisions_withdrawn({ date: date(at) }),
	tone: 'no_data'
});
const open: State = { word: m.revisions_open_state, tone: 'on_track' };

/** The state of a revision, with the day on which it came to it. */
export function stateOf(revision: {
	revised_at: string | null;
	withdrawn_at: string | null;
}): State {
	if (revision.revised_at) return revised(revision.revised_at);
	return revision.withdrawn_at ? withdrawn(revision.withdrawn_at) : open;
}

/** An objection: what was decided, or that nothing is yet. */
export const objectionStates: States<Values['objections.outcome'] | 'waiting'> = {
	waiting: { word: m.revisions_objection_waits, tone: 'at_risk' },
	upheld: { word: m.revisions_outcome_upheld, tone: 'no_data' },
	accepted_as_filed: { word: m.revisions_outcome_accepted, tone: 'no_data' },
	withdrawn: { word: m.revisions_outcome_withdrawn, tone: 'no_data' }
};

/** The columns of the database that hold these states. */
export const columns = {
	'objections.outcome': objectionStates
};
