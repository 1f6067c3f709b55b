import { markedCells, type Mark } from '#lib/reviews/marks.ts';
import type { CameBack, Peers, QueueItem, Review, ThreadEvent } from '#lib/reviews/review.ts';
import type { ChangesPage, EntryPage } from '#lib/submissions/entry-page.ts';
import type { Submission } from '#lib/submissions/submission.ts';
import { dataset, labels } from '#lib/server/datasets.ts';
import { rows, type Db } from '#lib/server/db.ts';
import { rememberFor } from '#lib/server/process/remember.ts';
import { organisationNames } from '#lib/server/organisations.ts';
import { changes, entries, entriesAt, submission, summary } from '#lib/server/submissions.ts';

/** What the reader may decide on now: the riskiest first, then the oldest. */
export function queue(db: Db): Promise<QueueItem[]> {
	return rememberFor(
		'person',
		db,
		'review queue',
		async () => rows(await db.rpc('review_queue')) as QueueItem[]
	);
}

/** Why a reviewer may not decide on a filing that waits, as the key of the refusal; null where they may. */
async function reviewRefusal(db: Db, submission: string): Promise<string | null> {
	return rows(await db.rpc('review_refusal', { submission }));
}

/** The submission that follows another in a queue; the first if that one is last or not in it. */
export function after(waiting: QueueItem[], submission: string): string | null {
	const ids = waiting.map(({ submission_id }) => submission_id);
	const next = ids[ids.indexOf(submission) + 1] ?? ids[0];
	return next === submission ? null : (next ?? null);
}

/** All that a reviewer sees of a submission on one screen. */
export async function screen(
	db: Db,
	id: string,
	asked: { entries: EntryPage; changes: ChangesPage; cell: number | null }
) {
	const [filed, lines, page, moved, others, names, waiting, refusal] = await Promise.all([
		submission(db, id),
		summary(db, id),
		entries(db, id, asked.entries),
		changes(db, id, asked.changes),
		peers(db, id),
		organisationNames(db),
		queue(db),
		reviewRefusal(db, id)
	]);
	const of = await dataset(db, filed.submission.dataset_code);
	const [said, named, before] = await Promise.all([
		talk(db, filed, asked.cell),
		labels(db, of, filed.obligation),
		cameBackBefore(db, filed)
	]);
	return {
		...filed,
		...page,
		...said,
		before,
		/** Measures that count already, whatever becomes of this version. */
		accepted:
			filed.submission.status === 'returned'
				? filed.submission.accepted_measures
				: (before?.accepted ?? []),
		summary: lines,
		moved,
		peers: others,
		names,
		labels: named,
		/** Null: not this reader's to decide now. */
		turn: waiting.find(({ submission_id }) => submission_id === id) ?? null,
		/** Why a reviewer may not decide although it waits, as the key of the refusal. */
		refusal,
		next: after(waiting, id)
	};
}

/** What other organisations that file the same reported, by measure; for regulators only. */
export async function peers(db: Db, submission: string): Promise<Peers[]> {
	return rows(await db.rpc('submission_peers', { submission })) as Peers[];
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
export async function cameBack(
	db: Db,
	filed: { submission: Pick<Submission, 'id' | 'dataset_code'>; reviews: Review[] }
): Promise<CameBack | null> {
	const { id, dataset_code } = filed.submission;
	const review = filed.reviews.findLast(({ decision }) => decision === 'return');
	if (!review) return null;
	const { marks, reason } = review;
	const [marked, of, replies] = await Promise.all([
		entriesAt(
			db,
			id,
			marks.map(({ position }) => position)
		),
		dataset(db, dataset_code),
		db
			.from('mark_replies')
			.select('id, position, text, replied_at')
			.eq('review_id', review.id)
			.order('replied_at')
	]);
	const said = rows(replies);
	return {
		submission: id,
		organisation_id: review.organisation_id,
		reason,
		marks: markedCells(marks, marked, of).map((mark) => ({
			...mark,
			replies: said.filter(({ position }) => position === mark.position)
		}))
	};
}

/** Why the version that was decided before this one came back, if it did. */
async function cameBackBefore(
	db: Db,
	{ submission: { version }, versions }: { submission: Submission; versions: Submission[] }
) {
	const last = versions.findLast(
		(one) =>
			(one.version ?? 0) < (version ?? 0) &&
			['returned', 'accepted', 'reopened'].includes(one.status)
	);
	if (last?.status !== 'returned') return null;
	const reviews = await db
		.from('reviews')
		.select('*')
		.eq('submission_id', last.id)
		.order('reviewed_at')
		.overrideTypes<Pick<Review, 'decision' | 'marks'>[]>();
	const why = await cameBack(db, { submission: last, reviews: rows(reviews) });
	return why && { ...why, accepted: last.accepted_measures };
}

/** Answers marks of a version that came back. @throws the refusals of reply_to_marks */
export async function reply(
	db: Db,
	submission: string,
	replies: { position: number; text: string }[]
): Promise<void> {
	rows(await db.rpc('reply_to_marks', { submission, replies }));
}

/** All that happened to the value at a position of a submission, over every version; empty for nobody's value. */
async function thread(db: Db, submission: string, position: number | null): Promise<ThreadEvent[]> {
	if (position === null) return [];
	return rows(
		await db.rpc('cell_thread', { submission, cell_position: position })
	) as ThreadEvent[];
}

/** What was said of a version's values: why it came back, and the thread of the value at a position, if one is asked for. */
export async function talk(
	db: Db,
	filed: { submission: Submission; reviews: Review[] },
	position: number | null
) {
	const { id } = filed.submission;
	const [returned, events, [entry]] = await Promise.all([
		cameBack(db, filed),
		thread(db, id, position),
		entriesAt(db, id, position === null ? [] : [position])
	]);
	return { returned, thread: entry ? { entry, events } : null };
}
