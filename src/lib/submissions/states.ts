import { m } from '#lib/paraglide/messages.js';
import type { Tone } from '#lib/ui/tone.ts';

const tones: Record<string, Tone> = {
	not_open: 'no_data',
	open: 'no_data',
	due_soon: 'at_risk',
	overdue: 'missed',
	submitted: 'on_track',
	returned: 'at_risk',
	partly_accepted: 'at_risk',
	reopened: 'at_risk',
	accepted: 'achieved',
	excused: 'no_data',
	superseded: 'no_data',
	draft: 'no_data'
};

/** The state of a version for people: one of which a part was accepted says so. */
export function shownState({
	status,
	accepted_measures
}: {
	status: string;
	accepted_measures: string[];
}): string {
	return status === 'returned' && accepted_measures.length > 0 ? 'partly_accepted' : status;
}

const TO_CORRECT = ['returned', 'partly_accepted', 'reopened'];

/** Whether what was filed waits for its organisation to correct it. */
export function isToCorrect(state: string): boolean {
	return TO_CORRECT.includes(state);
}

/** How a state of an obligation or a submission looks. */
export function toneOf(state: string): Tone {
	return tones[state] ?? 'no_data';
}

const words: Record<string, () => string> = {
	not_open: m.submissions_state_not_open,
	open: m.submissions_state_open,
	due_soon: m.submissions_state_due_soon,
	overdue: m.submissions_state_overdue,
	submitted: m.submissions_state_submitted,
	returned: m.submissions_state_returned,
	partly_accepted: m.submissions_state_partly_accepted,
	reopened: m.revisions_state_reopened,
	accepted: m.submissions_state_accepted,
	excused: m.submissions_state_excused,
	superseded: m.submissions_state_superseded,
	draft: m.submissions_state_draft
};

/** The word for a state of an obligation or a submission. */
export function stateName(state: string): string {
	return (words[state] ?? m.submissions_state_open)();
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

/** Why a value is missing, in words. */
export function missingReason(reason: string | null): string {
	return reason ? (reasons[reason]?.() ?? reason) : '';
}
