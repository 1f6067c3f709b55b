import type { SubmissionAnswer } from '#lib/api/schemas.ts';
import { markedCells } from '#lib/reviews/marks.ts';
import type { Db } from '#lib/server/db.ts';
import * as datasets from '#lib/server/datasets.ts';
import * as submissions from '#lib/server/submissions.ts';

/** A filing with its receipt and what reviewers decided and marked. Refusals: submission_not_found. */
export async function submissionAnswer(db: Db, id: string): Promise<SubmissionAnswer> {
	const { submission, receipt, reviews, obligation } = await submissions.submission(db, id);
	const dataset = await datasets.dataset(db, submission.dataset_code);
	const positions = [...new Set(reviews.flatMap(({ marks }) => marks.map((one) => one.position)))];
	const marked = await submissions.entriesAt(db, id, positions);
	return {
		id: submission.id,
		dataset: submission.dataset_code,
		period: submission.period,
		version: receipt.version,
		status: submission.status,
		accepted_measures: submission.accepted_measures,
		due_on: obligation.due_on,
		decided_at: submission.decided_at,
		receipt: receipt as SubmissionAnswer['receipt'],
		reviews: reviews.map(({ stage, decision, reason, reviewed_at, marks }) => ({
			stage,
			decision,
			reason,
			reviewed_at,
			cells: markedCells(
				marks,
				marked.filter(({ position }) => marks.some((mark) => mark.position === position)),
				dataset
			).map(({ cell, measure_zh, measure_en, value, code, note, opens }) => ({
				cell,
				measure_zh,
				measure_en,
				value,
				code,
				note,
				opens
			}))
		}))
	};
}
