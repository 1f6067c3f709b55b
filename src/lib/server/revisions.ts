import { rows, type Db } from '#lib/server/db.ts';

/** Opens the correction of accepted figures. @throws the refusals of open_revision */
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
