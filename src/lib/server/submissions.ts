import { askedOf } from '#lib/kernel/list.ts';
import type { Named } from '#lib/kernel/named.ts';
import type { Link } from '#lib/links/link.ts';
import type { Peers, QueueItem, Returned, Review, ThreadEvent } from '#lib/reviews/review.ts';
import type { ChangedValue, Exception, Objection, Revision } from '#lib/revisions/revision.ts';
import type { ColumnMapping } from '#lib/sheets/mapping.ts';
import type { Obligation } from '#lib/submissions/obligation.ts';
import type { ObligationList, ObligationPage } from '#lib/submissions/list.ts';
import type { ChangesPage, EntryPage } from '#lib/submissions/entry-page.ts';
import type {
	Changed,
	FiledEntry,
	Receipt,
	Submission,
	SummaryLine
} from '#lib/submissions/submission.ts';
import { everyRow, jsonOf, orNotFound, rows, type Db } from '#lib/server/db.ts';
import { rememberFor } from '#lib/server/process/remember.ts';

/** A page of the obligations that the reader may see, with what stands around it, in one call. */
export function page(db: Db, list: ObligationList): Promise<ObligationPage> {
	const asked = askedOf(list);
	return rememberFor('person', db, `submissions ${JSON.stringify(asked)}`, async () => {
		return jsonOf<ObligationPage>(await db.rpc('submissions_page', { list: asked }));
	});
}

/** One obligation. @throws refusal not_found */
export async function obligation(db: Db, id: string): Promise<Obligation> {
	const [found] = rows(await db.from('obligation_states').select('*').eq('id', id)) as Obligation[];
	return orNotFound(found, 'obligation_not_found');
}

/** All that the page shows on which a file is sent for an obligation, in one call. @throws refusal obligation_not_found */
export function filingPage(db: Db, id: string): Promise<FilingPage> {
	return rememberFor('person', db, `filing ${id}`, async () => {
		const found = await db.rpc('filing_page', { obligation: id });
		return orNotFound(jsonOf<FilingPage | null>(found), 'obligation_not_found');
	});
}

/** What both ways to file for an obligation begin with. */
export type OwedFiling = {
	obligation: Obligation;
	/** Of an accepted filing, while it is under way. */
	revision: {
		reason: string;
		opened_at: string;
		opened_by_organisation: string;
		organisation_id: string;
	} | null;
	/** Why the newest version came back, if it did. */
	came_back: Returned | null;
};

type FilingPage = OwedFiling & {
	/** Exceptions to the lock of an accepted filing, oldest first. */
	exceptions: Exception[];
	/** The day that an open request for a later due date wishes for. */
	wished: string | null;
	/** The mappings of the reader's organisation for the dataset, newest first. */
	remembered: ColumnMapping[];
};

/** Opens a period of a dataset for every organisation that files it; gives how many obligations are new. */
export async function openPeriod(
	db: Db,
	council: string,
	dataset: string,
	period: string
): Promise<number> {
	return rows(await db.rpc('open_obligations', { council, dataset, period }));
}

/** One submission with its receipt, decisions, and the other versions of the same obligation, in one call. @throws refusal submission_not_found */
export async function submission(db: Db, id: string) {
	return filed(id, jsonOf<Filed | null>(await db.rpc('filed_submission', { submission: id })));
}

/** A submission among its versions, with what else was found of it. @throws refusal submission_not_found where nothing was */
function filed<Known extends Filed>(id: string, found: Known | null) {
	const { obligation, ...known } = orNotFound(found, 'submission_not_found');
	return {
		...known,
		submission: orNotFound(known.versions.find((one) => one.id === id)),
		obligation: orNotFound(obligation, 'obligation_not_found')
	};
}

type Filed = {
	/** Of the same obligation, this one too. */
	versions: Submission[];
	obligation: Obligation | null;
	/** The region of the organisation that filed. */
	jurisdiction: string | null;
	receipt: Receipt;
	reviews: Review[];
	came_back: Returned | null;
};

/** A page of the values of a submission, and what else two pages show of them. */
type FiledValues = {
	summary: SummaryLine[];
	entries: FiledEntry[];
	/** How many values match. */
	total: number;
	/** Of the value that is asked for, where there is one. */
	thread: { entry: FiledEntry; events: ThreadEvent[] } | null;
	/** Of organisations, by id. */
	names: Record<string, Named<string>>;
};

/** What is asked for of a submission's values as the database is asked for it. */
function askedOfValues({ measure, region, page, size }: EntryPage, cell: number | null) {
	return { measure, region, cell, skipped: (page - 1) * size, wanted: size };
}

/** All that the page of a submission shows, in one call. @throws refusal submission_not_found */
export function submissionPage(
	db: Db,
	id: string,
	council: string | null,
	asked: { entries: EntryPage; cell: number | null; columns: string | null }
) {
	const list = { ...askedOfValues(asked.entries, asked.cell), columns: asked.columns };
	const key = `submission ${id} ${council} ${JSON.stringify(list)}`;
	return rememberFor('person', db, key, async () => {
		const found = jsonOf<(SubmissionPage & Filed) | null>(
			await db.rpc('submission_page', {
				submission: id,
				council: council ?? undefined,
				asked: list
			})
		);
		return filed(id, found);
	});
}

type SubmissionPage = FiledValues & {
	links: Link[];
	/** Newest first, with what each changed. */
	revisions: (Revision & { changes: ChangedValue[] })[];
	/** Exceptions to the lock. */
	exceptions: Exception[];
	/** Oldest first. */
	objections: Objection[];
	/** What a version changed whose return was objected to. */
	before: Changed[];
	/** The name of the mapping by which the file was read, where the address names one. */
	columns: string | null;
};

/** All that the page of a review shows, in one call. @throws refusal submission_not_found */
export function reviewPage(
	db: Db,
	id: string,
	asked: { entries: EntryPage; changes: ChangesPage; cell: number | null }
) {
	const { against, page, size } = asked.changes;
	const list = {
		...askedOfValues(asked.entries, asked.cell),
		against,
		changes: { skipped: (page - 1) * size, wanted: size }
	};
	return rememberFor('person', db, `review ${id} ${JSON.stringify(list)}`, async () => {
		const found = await db.rpc('review_page', { submission: id, asked: list });
		return filed(id, jsonOf<(ReviewPage & Filed) | null>(found));
	});
}

type ReviewPage = FiledValues & {
	changes: (Changed & { total: number })[];
	peers: Peers[];
	/** Why a reviewer may not decide on what waits, as the key of the refusal. */
	refusal: string | null;
	/** What waits for the reader, as review_queue orders it. */
	waiting: string[];
	/** This one among them. */
	turn: QueueItem | null;
	/** Why the version that was decided before this one came back, if it did. */
	before: Returned | null;
};

/** Entries at the given positions, in their order. */
export async function entriesAt(
	db: Db,
	submission: string,
	positions: number[]
): Promise<FiledEntry[]> {
	if (positions.length === 0) return [];
	const found = db
		.from('entries')
		.select('*')
		.eq('submission_id', submission)
		.in('position', positions);
	return rows(await found.order('position'));
}

/** Every entry of a submission, in the order of the file. */
export async function allEntries(db: Db, submission: string): Promise<FiledEntry[]> {
	return everyRow((from, to) =>
		db.from('entries').select('*').eq('submission_id', submission).order('position').range(from, to)
	);
}
