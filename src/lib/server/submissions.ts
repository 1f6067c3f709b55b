import { askedOf } from '#lib/kernel/list.ts';
import type { Review } from '#lib/reviews/review.ts';
import type { Obligation } from '#lib/submissions/obligation.ts';
import type { ObligationList, ObligationPage } from '#lib/submissions/list.ts';
import type { ChangesPage } from '#lib/submissions/entry-page.ts';
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

/** Opens a period of a dataset for every organisation that files it; gives how many obligations are new. */
export async function openPeriod(
	db: Db,
	council: string,
	dataset: string,
	period: string
): Promise<number> {
	return rows(await db.rpc('open_obligations', { council, dataset, period }));
}

/** One submission with its receipt, decisions, and the other versions of the same obligation. @throws refusal submission_not_found */
export async function submission(db: Db, id: string) {
	const found = await db.from('submissions').select(columns).eq('id', id).neq('status', 'draft');
	const one = orNotFound((rows(found) as Submission[])[0], 'submission_not_found');
	const [receipt, reviews, versions, of] = await Promise.all([
		db.rpc('submission_receipt', { submission: id }),
		db
			.from('reviews')
			.select('*')
			.eq('submission_id', id)
			.order('reviewed_at')
			.overrideTypes<Pick<Review, 'decision' | 'marks'>[]>(),
		db
			.from('submissions')
			.select(columns)
			.eq('obligation_id', one.obligation_id)
			.neq('status', 'draft')
			.order('version'),
		obligation(db, one.obligation_id)
	]);
	return {
		submission: one,
		obligation: of,
		receipt: rows(receipt) as Receipt,
		reviews: rows(reviews),
		versions: rows(versions) as Submission[]
	};
}

const columns =
	'id, obligation_id, council_id, organisation_id, dataset_code, period, version, status, stage, file_name, row_count, warnings, created_by, submitted_at, late_days, decided_at, accepted_measures';

/** A page of a submission's entries in the order of the file, filtered by measure and region; `total` counts what matches. */
export async function entries(
	db: Db,
	submission: string,
	filter: { measure?: string | null; region?: string | null; page: number; size: number }
): Promise<{ entries: FiledEntry[]; total: number }> {
	let query = db.from('entries').select('*', { count: 'exact' }).eq('submission_id', submission);
	if (filter.measure) query = query.eq('measure_code', filter.measure);
	if (filter.region) query = query.eq('region_code', filter.region);
	const from = (filter.page - 1) * filter.size;
	const answer = await query.order('position').range(from, from + filter.size - 1);
	return { entries: rows(answer), total: answer.count ?? 0 };
}

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

/** A submission by measure, beside its previous version and the last 12 accepted periods. */
export async function summary(db: Db, submission: string): Promise<SummaryLine[]> {
	return rows(await db.rpc('submission_summary', { submission })) as SummaryLine[];
}

/** Values that differ from the previous version or from the last accepted period, the largest relative change first. */
export async function changes(
	db: Db,
	submission: string,
	{ against, page, size }: ChangesPage
): Promise<{ changes: Changed[]; total: number }> {
	const found = rows(
		await db.rpc('submission_changes', {
			submission,
			against,
			skipped: (page - 1) * size,
			wanted: size
		})
	) as (Changed & { total: number })[];
	return { changes: found, total: found[0]?.total ?? 0 };
}
