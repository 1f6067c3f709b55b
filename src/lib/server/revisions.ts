import { rows, toNumber, type Db } from '#lib/server/db.ts';

/** A value as it was and as it is; null with a reason is missing, null without one was not there. */
type ChangedValue = {
	measure_code: string;
	region_code: string;
	occupation: string;
	employment_mode: string;
	old_value: number | null;
	old_missing: string | null;
	new_value: number | null;
	new_missing: string | null;
};

/** An aggregate before and after: the organisation's own, and everybody's where the reader may know it. */
export type Effect = {
	kind: 'measure' | 'indicator';
	code: string;
	region: string;
	name_zh: string;
	name_en: string;
	decimals: number;
	region_zh: string;
	region_en: string | null;
	own_before: number | null;
	own_after: number | null;
	total_before: number | null;
	total_after: number | null;
};

/** A correction of an accepted filing: under way, accepted (`revised_at`) or withdrawn. */
export type Revision = {
	id: string;
	number: number;
	replaces_id: string;
	submission_id: string | null;
	reason: string;
	opened_by_name: string | null;
	opened_by_zh: string;
	opened_by_en: string;
	opened_at: string;
	accepted_by_zh: string | null;
	accepted_by_en: string | null;
	revised_at: string | null;
	withdrawn_at: string | null;
	effects: Effect[];
};

export type Exception = { id: string; reason: string; until: string; granted_at: string };

export type Contest = {
	id: string;
	submission_id: string;
	organisation_id: string;
	kind: 'return' | 'reopening';
	reason: string;
	contested_at: string;
	outcome: 'upheld' | 'accepted_as_filed' | 'withdrawn' | null;
	decision_reason: string | null;
	decided_at: string | null;
};

/** When a period of an indicator was revised; whose and how much only where the reader may know it. */
export type Mark = {
	period: string;
	revised_at: string;
	submission_id: string | null;
	organisation_zh: string | null;
	organisation_en: string | null;
	reason: string | null;
	own_before: number | null;
	own_after: number | null;
	total_before: number | null;
	total_after: number | null;
	/** Why it was permitted although the period was locked. */
	exception: string | null;
};

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

/** Every revision of an obligation, newest first, with what each changed. */
export async function ofObligation(
	db: Db,
	obligation: string
): Promise<(Revision & { changes: ChangedValue[] })[]> {
	const found = rows(await db.rpc('obligation_revisions', { obligation })) as (Omit<
		Revision,
		'effects'
	> & { effects: Effect[] | string })[];
	return Promise.all(
		found.map(async (revision) => ({
			...revision,
			effects: (typeof revision.effects === 'string'
				? (JSON.parse(revision.effects) as Effect[])
				: revision.effects
			).map((effect) => ({
				...effect,
				own_before: toNumber(effect.own_before),
				own_after: toNumber(effect.own_after),
				total_before: toNumber(effect.total_before),
				total_after: toNumber(effect.total_after)
			})),
			changes: revision.submission_id ? await changes(db, revision.id) : []
		}))
	);
}

async function changes(db: Db, revision: string): Promise<ChangedValue[]> {
	const found = rows(await db.rpc('revision_changes', { revision })) as ChangedValue[];
	return found.map((one) => ({
		...one,
		old_value: toNumber(one.old_value),
		new_value: toNumber(one.new_value)
	}));
}

/** When periods of an indicator were revised in a region or, without one, the whole of it. @throws refusal council_not_found */
export async function ofIndicator(
	db: Db,
	council: string,
	indicator: string,
	region: string | null
): Promise<Mark[]> {
	const found = rows(
		await db.rpc('indicator_revisions', { council, indicator, region: region ?? undefined })
	) as Mark[];
	return found.map((mark) => ({
		...mark,
		own_before: toNumber(mark.own_before),
		own_after: toNumber(mark.own_after),
		total_before: toNumber(mark.total_before),
		total_after: toNumber(mark.total_after)
	}));
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

/** Days after its due date from which an accepted filing is locked; null: never. */
export async function lockDays(db: Db, council: string): Promise<number | null> {
	const found = await db.from('councils').select('lock_after_days').eq('id', council);
	return rows(found)[0]?.lock_after_days ?? null;
}

/** @throws the refusals of set_lock */
export async function setLock(db: Db, council: string, days: number | null): Promise<void> {
	rows(await db.rpc('set_lock', { council, days: days as number }));
}

const contestColumns =
	'id, submission_id, organisation_id, kind, reason, contested_at, outcome, decision_reason, decided_at';

/** Every objection raised about a submission, oldest first. */
export async function contests(db: Db, submission: string): Promise<Contest[]> {
	const found = db.from('contests').select(contestColumns).eq('submission_id', submission);
	return rows(await found.order('contested_at')) as Contest[];
}

/** Objects to a return or reopening. @throws the refusals of contest_decision */
export async function contest(db: Db, submission: string, why: string): Promise<void> {
	rows(await db.rpc('contest_decision', { submission, reason: why }));
}

/** The secretariat's decision. @throws the refusals of decide_contest */
export async function decide(
	db: Db,
	id: string,
	outcome: 'upheld' | 'accepted_as_filed',
	why: string
): Promise<void> {
	rows(await db.rpc('decide_contest', { contest: id, outcome, reason: why }));
}
