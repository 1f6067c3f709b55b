import type { Values } from '#lib/kernel/database-values.ts';
import { m } from '#lib/paraglide/messages.js';
import type { State, States } from '#lib/ui/state.ts';

export type SubmissionStatus = Values['submissions.status'];

/** Of an obligation (a row of `obligation_states`), or of one version of its filing. */
export type FilingState =
	SubmissionStatus | 'not_open' | 'open' | 'due_soon' | 'overdue' | 'partly_accepted' | 'excused';

export const filingStates: States<FilingState> = {
	not_open: { word: m.submissions_state_not_open, tone: 'no_data' },
	open: { word: m.submissions_state_open, tone: 'no_data' },
	due_soon: { word: m.submissions_state_due_soon, tone: 'at_risk' },
	overdue: { word: m.submissions_state_overdue, tone: 'missed' },
	draft: { word: m.submissions_state_draft, tone: 'no_data' },
	submitted: { word: m.submissions_state_submitted, tone: 'on_track' },
	returned: { word: m.submissions_state_returned, tone: 'at_risk' },
	partly_accepted: { word: m.submissions_state_partly_accepted, tone: 'at_risk' },
	reopened: { word: m.submissions_state_reopened, tone: 'at_risk' },
	accepted: { word: m.submissions_state_accepted, tone: 'achieved' },
	superseded: { word: m.submissions_state_superseded, tone: 'no_data' },
	excused: { word: m.submissions_state_excused, tone: 'no_data' }
};

/** The state of a version for people: one of which a part was accepted says so. */
export function stateOf({
	status,
	accepted_measures
}: {
	status: SubmissionStatus;
	accepted_measures: string[];
}): State {
	const partly = status === 'returned' && accepted_measures.length > 0;
	return filingStates[partly ? 'partly_accepted' : status];
}

const TO_CORRECT = ['returned', 'partly_accepted', 'reopened'] as const;

/** Whether what was filed waits for its organisation to correct it. */
export function isToCorrect(state: string): state is (typeof TO_CORRECT)[number] {
	return TO_CORRECT.some((one) => one === state);
}

const reasons: Record<string, () => string> = {
	not_applicable: m.submissions_missing_not_applicable,
	not_collected: m.submissions_missing_not_collected,
	late: m.submissions_missing_late,
	confidential: m.submissions_missing_confidential
};

const reasonNames: Record<string, () => string> = {
	not_applicable: m.template_reason_not_applicable,
	not_collected: m.template_reason_not_collected,
	late: m.template_reason_late,
	confidential: m.template_reason_confidential
};

/** A reason as one chooses it from a list, where it is plain that something is missing. */
export const reasonName = (reason: string) => reasonNames[reason]?.() ?? reason;

/** The reason of a missing value, in words. */
export function missingReason(reason: string | null): string {
	return reason ? (reasons[reason]?.() ?? reason) : '';
}

/** The columns of the database that hold these states. */
export const columns = {
	'submissions.status': filingStates
};
