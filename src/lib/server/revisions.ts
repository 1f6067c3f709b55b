import type {
	ChangedValue,
	Objection,
	Exception,
	RevisedPeriod,
	Revision
} from '#lib/revisions/revision.ts';
import { rows, type Db } from '#lib/server/db.ts';

/** The revision of an obligation that is under way, or null. */
export async function underWay(db: Db, obligation: string) {
	const found = await db
		.from('revisions')
		.select('reason, opened_at, opened_by_organisation, organisation_id')
		.eq('obligation_id', obligation)
		.is('submission_id', null)
		.is('withdrawn_at', null);
	return rows(found)[0] ?? null;
}

/** Every exception to the lock of an obligation, oldest first. */
export async function exceptions(db: Db, obligation: string): Promise<Exception[]> {
	return rows(
		await db
			.from('lock_exceptions')
			.select('id, reason, until, granted_at')
			.eq('obligation_id', obligation)
			.order('granted_at')
	);
}

/** Every revision of an obligation, newest first, with what each changed. */
export async function ofObligation(
	db: Db,
	obligation: string
): Promise<(Revision & { changes: ChangedValue[] })[]> {
	const found = rows(await db.rpc('obligation_revisions', { obligation })) as Revision[];
	return Promise.all(
		found.map(async (revision) => ({
			...revision,
			changes: revision.submission_id ? await changes(db, revision.id) : []
		}))
	);
}

async function changes(db: Db, revision: string): Promise<ChangedValue[]> {
	return rows(await db.rpc('revision_changes', { revision }));
}

/** The revised periods of an indicator in a region or, without one, in the whole council. @throws refusal council_not_found */
export async function ofIndicator(
	db: Db,
	council: string,
	indicator: string,
	region: string | null
): Promise<RevisedPeriod[]> {
	return rows(
		await db.rpc('indicator_revisions', { council, indicator, region: region ?? undefined })
	);
}

/** Opens the revision of accepted figures. @throws the refusals of open_revision */
export async function open(db: Db, obligation: string, why: string): Promise<void> {
	rows(await db.rpc('open_revision', { obligation, reason: why }));
}

/** Takes an acceptance back; the figures stand until a revised version is accepted. @throws the refusals of reopen_submission */
export async function reopen(db: Db, submission: string, why: string): Promise<void> {
	rows(await db.rpc('reopen_submission', { submission, reason: why }));
}

/** Grants an exception to the lock: a locked filing may be revised up to and including a day (YYYY-MM-DD). @throws the refusals of grant_exception */
export async function grantException(
	db: Db,
	obligation: string,
	why: string,
	until: string
): Promise<void> {
	rows(await db.rpc('grant_exception', { obligation, reason: why, until }));
}

/** Days after its due date from which an accepted filing is locked; null: never. */
export async function lockDays(db: Db, council: string): Promise<number | null> {
	const found = await db.from('councils').select('lock_after_days').eq('id', council);
	return rows(found)[0]?.lock_after_days ?? null;
}

/** @throws the refusals of set_lock */
export async function setLock(db: Db, council: string, days: number | null): Promise<void> {
	rows(await db.rpc('set_lock', { council, days: days as number }));
}

const objectionColumns =
	'id, submission_id, organisation_id, kind, reason, objected_at, outcome, decision_reason, decided_at';

/** Every objection raised about a submission, oldest first. */
export async function objections(db: Db, submission: string): Promise<Objection[]> {
	const found = db.from('objections').select(objectionColumns).eq('submission_id', submission);
	return rows(await found.order('objected_at')) as Objection[];
}

/** Objects to a return or reopening. @throws the refusals of raise_objection */
export async function raiseObjection(db: Db, submission: string, why: string): Promise<void> {
	rows(await db.rpc('raise_objection', { submission, reason: why }));
}

/** The secretariat's decision. @throws the refusals of decide_objection */
export async function decide(
	db: Db,
	id: string,
	outcome: 'upheld' | 'accepted_as_filed',
	why: string
): Promise<void> {
	rows(await db.rpc('decide_objection', { objection: id, outcome, reason: why }));
}
