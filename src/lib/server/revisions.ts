import type { Exception } from '#lib/revisions/revision.ts';
import { rows, type Db } from '#lib/server/db.ts';

/** The revision of an obligation that is under way, and the exceptions to its lock that were recorded. */
export async function standing(db: Db, obligation: string) {
	const [open, exceptions] = await Promise.all([
		db
			.from('revisions')
			.select('reason, opened_at, opened_by_organisation, organisation_id')
			.eq('obligation_id', obligation)
			.is('submission_id', null)
			.is('withdrawn_at', null),
		db
			.from('lock_exceptions')
			.select('id, reason, until, granted_at')
			.eq('obligation_id', obligation)
			.order('granted_at')
	]);
	return { open: rows(open)[0] ?? null, exceptions: rows(exceptions) as Exception[] };
}

/** Opens the correction of accepted figures. @throws the refusals of open_revision */
export async function open(db: Db, obligation: string, why: string): Promise<void> {
	rows(await db.rpc('open_revision', { obligation, reason: why }));
}

/** Takes an acceptance back; the figures stand until a corrected version is accepted. @throws the refusals of reopen_submission */
export async function reopen(db: Db, submission: string, why: string): Promise<void> {
	rows(await db.rpc('reopen_submission', { submission, reason: why }));
}

/** Records that a locked filing may be corrected up to and including a day (YYYY-MM-DD). @throws the refusals of permit_late_change */
export async function permit(
	db: Db,
	obligation: string,
	why: string,
	until: string
): Promise<void> {
	rows(await db.rpc('permit_late_change', { obligation, reason: why, until }));
}

/** @throws the refusals of set_lock */
export async function setLock(db: Db, council: string, days: number | null): Promise<void> {
	rows(await db.rpc('set_lock', { council, days: days as number }));
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
