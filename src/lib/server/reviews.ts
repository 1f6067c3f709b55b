import type { Dataset } from '#lib/datasets/dataset.ts';
import { markedCells, type Mark } from '#lib/reviews/marks.ts';
import type { CameBack, QueueItem, Returned } from '#lib/reviews/review.ts';
import type { ChangesPage, EntryPage } from '#lib/submissions/entry-page.ts';
import { dataset, labels } from '#lib/server/datasets.ts';
import { rows, type Db } from '#lib/server/db.ts';
import { rememberFor } from '#lib/server/process/remember.ts';
import { reviewPage } from '#lib/server/submissions.ts';

/** What the reader may decide on now: the riskiest first, then the oldest. */
export function queue(db: Db): Promise<QueueItem[]> {
	return rememberFor(
		'person',
		db,
		'review queue',
		async () => rows(await db.rpc('review_queue')) as QueueItem[]
	);
}

/** The submission that follows another in a queue; the first if that one is last or not in it. */
export function after(waiting: string[], submission: string): string | null {
	const next = waiting[waiting.indexOf(submission) + 1] ?? waiting[0];
	return next === submission ? null : (next ?? null);
}

/** All that a reviewer sees of a submission on one screen. */
export async function screen(
	db: Db,
	id: string,
	asked: { entries: EntryPage; changes: ChangesPage; cell: number | null }
) {
	const { changes, waiting, came_back, before, jurisdiction, ...filed } = await reviewPage(
		db,
		id,
		asked
	);
	const of = await dataset(db, filed.submission.dataset_code);
	const earlier = cameBack(before, of);
	const last = filed.versions.find((one) => one.id === earlier?.submission);
	return {
		...filed,
		returned: cameBack(came_back, of),
		before: earlier && { ...earlier, accepted: last?.accepted_measures ?? [] },
		/** Measures that count already, whatever becomes of this version. */
		accepted:
			filed.submission.status === 'returned'
				? filed.submission.accepted_measures
				: (last?.accepted_measures ?? []),
		moved: { changes, total: changes[0]?.total ?? 0 },
		labels: await labels(db, of, jurisdiction ?? ''),
		next: after(waiting, id)
	};
}

/** Accepts, or passes on to the next stage; gives the new status. @throws the refusals of accept_submission */
export async function accept(db: Db, submission: string, note: string | null): Promise<string> {
	return rows(await db.rpc('accept_submission', { submission, note: note ?? undefined }));
}

/** Returns for correction with a reason and the marked cells, or accepts the rest at once. @throws the refusals of return_submission */
export async function sendBack(
	db: Db,
	submission: string,
	reason: string,
	marks: Mark[],
	acceptRest: boolean
): Promise<void> {
	rows(await db.rpc('return_submission', { submission, reason, marks, accept_rest: acceptRest }));
}

/** Opens more cells of a version that came back. @throws the refusals of open_more_cells */
export async function openMore(db: Db, submission: string, marks: Mark[]): Promise<void> {
	rows(await db.rpc('open_more_cells', { submission, marks }));
}

/** Why a version came back, with its marked cells and the replies to them; null of one that did not. */
export function cameBack(found: Returned | null, of: Dataset): CameBack | null {
	if (!found) return null;
	const { review, entries, replies } = found;
	return {
		submission: review.submission_id,
		organisation_id: review.organisation_id,
		reason: review.reason,
		marks: markedCells(review.marks, entries, of).map((mark) => ({
			...mark,
			replies: replies.filter(({ position }) => position === mark.position)
		}))
	};
}

/** Answers marks of a version that came back. @throws the refusals of reply_to_marks */
export async function reply(
	db: Db,
	submission: string,
	replies: { position: number; text: string }[]
): Promise<void> {
	rows(await db.rpc('reply_to_marks', { submission, replies }));
}
