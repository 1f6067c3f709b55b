import { nameOf } from '#lib/kernel/language.ts';
import type { Named } from '#lib/kernel/named.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Review } from '#lib/reviews/review.ts';
import type { Submission } from '#lib/submissions/submission.ts';
import { acts as reviewing } from '#lib/reviews/acts.ts';
import { acts as filing } from './acts.ts';
import type { Tone } from '#lib/ui/tone.ts';

export type HistoryItem = {
	id: string;
	at: string;
	title: string;
	tone: Tone;
	text: string | null;
};

type Names = Record<string, Named<string>>;

/** The history of a submission in order: filed, passed on, accepted or returned. */
export function historyOf(submission: Submission, reviews: Review[], names: Names): HistoryItem[] {
	const filed: HistoryItem[] = submission.submitted_at
		? [
				{
					id: submission.id,
					at: submission.submitted_at,
					title: m.submissions_event_submitted({ version: submission.version ?? 1 }),
					tone: filing.submit.tone,
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
				tone: reviewing[actOf(review, submission)].tone,
				text: review.reason
			};
		})
	];
}

/** The act that a verdict was; a part is accepted in one act with the return. */
function actOf(review: Review, submission: Submission) {
	if (review.decision === 'return')
		return submission.accepted_measures.length > 0 ? 'accept_partly' : 'return';
	const last = review.stage === submission.stage && submission.status !== 'submitted';
	return last ? 'accept' : 'endorse';
}

function titleOf(review: Review, submission: Submission, organisation: string): string {
	const count = submission.accepted_measures.length;
	if (review.decision === 'return')
		return count > 0
			? m.submissions_event_partly({ organisation, count })
			: m.submissions_event_returned({ organisation });
	return actOf(review, submission) === 'accept'
		? m.submissions_event_accepted({ organisation })
		: m.submissions_event_endorsed({ organisation });
}
