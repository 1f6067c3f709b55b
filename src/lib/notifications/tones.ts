import { acts as deadlines } from '#lib/deadlines/acts.ts';
import { acts as reviews } from '#lib/reviews/acts.ts';
import { acts as revisions } from '#lib/revisions/acts.ts';
import { filingStates } from '#lib/submissions/states.ts';
import type { Tone } from '#lib/ui/tone.ts';
import type { NoticeKind } from './digest.ts';

/** A notice looks like the act or the state that it tells of; what was decided about an objection, as it is for the reader. */
export const noticeTones: Record<NoticeKind, Tone> = {
	due_in_5: filingStates.due_soon.tone,
	due_in_1: filingStates.due_soon.tone,
	overdue: filingStates.overdue.tone,
	escalated: filingStates.overdue.tone,
	calendar_moved: deadlines.follow_calendar.tone,
	extension_asked: deadlines.request_extension.tone,
	extension_approved: deadlines.approve_extension.tone,
	extension_declined: deadlines.decline_extension.tone,
	excused: deadlines.excuse_obligation.tone,
	excuse_ended: deadlines.end_excuse.tone,
	returned: reviews.return.tone,
	partly_accepted: reviews.accept_partly.tone,
	cells_opened: reviews.open_more_cells.tone,
	accepted: reviews.accept.tone,
	reopened: revisions.reopen.tone,
	replied: reviews.reply_to_marks.tone,
	objected: revisions.contest.tone,
	objection_to_decide: revisions.contest.tone,
	objection_upheld: 'missed',
	objection_granted: 'achieved',
	decision_upheld: 'on_track',
	decision_overruled: 'on_track'
};
