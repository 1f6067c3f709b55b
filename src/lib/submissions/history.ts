import { m } from '#lib/paraglide/messages.js';
import type { Review } from '#lib/reviews/review.ts';
import type { Submission } from '#lib/submissions/submission.ts';
import { nameOf } from '#lib/ui/format.ts';
import type { Tone } from '#lib/ui/tone.ts';

export type HistoryItem = {
	id: string;
	at: string;
	title: string;
	tone: Tone;
	text: string | null;
};

type Names = Record<string, { name_zh: string; name_en: string }>;

/** What happened to a submission, in order: filed, passed on, accepted or returned. */
export function historyOf(submission: Submission, reviews: Review[], names: Names): HistoryItem[] {
	const filed: HistoryItem[] = submission.submitted_at
		? [
				{
					id: submission.id,
					at: submission.submitted_at,
					title: m.submissions_event_submitted({ version: submission.version ?? 1 }),
					tone: 'on_track',
					text: null
				}
			]
		: [];
	return [
		...filed,
		...reviews.map((review): HistoryItem => {
			const named = names[review.organisation_id];
			const organisation = named ? nameOf(named) : '';
			return {
				id: review.id,
				at: review.reviewed_at,
				title: titleOf(review, submission, organisation),
				tone: review.decision === 'return' ? 'at_risk' : 'achieved',
				text: review.reason
			};
		})
	];
}

function titleOf(review: Review, submission: Submission, organisation: string): string {
	const count = submission.accepted_measures.length;
	if (review.decision === 'return')
		return count > 0
			? m.submissions_event_partly({ organisation, count })
			: m.submissions_event_returned({ organisation });
	const last = review.stage === submission.stage && submission.status !== 'submitted';
	return last
		? m.submissions_event_accepted({ organisation })
		: m.submissions_event_endorsed({ organisation });
}
