import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { Client } from 'pg';
import type { Backend } from '../../supabase/embedded/backend.ts';
import { temporaryBackend } from '../../supabase/embedded/test-backend.ts';

/** A person in one organisation, as a token says it. */
export type Actor = { person: string; organisation: string | null };

/** A backend of its own, with a login as owner. */
export type Stage = { backend: Backend; owner: Client; close(): Promise<void> };

/** Starts a backend for one test file in a folder of its own, which `close` removes. */
export async function openStage(name: string): Promise<Stage> {
	const backend = await temporaryBackend('registry', name);
	const owner = new Client({ connectionString: backend.ownerUrl });
	await owner.connect();
	return {
		backend,
		owner,
		close: async () => {
			await owner.end();
			await backend.stop();
		}
	};
}

export async function one<T = string>(
	owner: Client,
	sql: string,
	values: unknown[] = []
): Promise<T> {
	const { rows } = await owner.query<Record<string, T>>(sql, values);
	return Object.values(rows[0] ?? {})[0] as T;
}

export function organisation(
	owner: Client,
	kind: string,
	name: string,
	region: string
): Promise<string> {
	return one(
		owner,
		`insert into public.organisations (kind, name_zh, name_en, short_zh, short_en, region_code)
		 values ($1, $2, $2, $2, $2, $3) returning id`,
		[kind, name, region]
	);
}

/** A council of these organisations, all with a vote; the first one convenes it. */
export async function convened(
	owner: Client,
	region: string,
	...[convener, ...seats]: string[]
): Promise<string> {
	const made = await one(
		owner,
		`insert into public.councils (name_zh, name_en, region_code, convener_id) values ('甲', 'A', $1, $2) returning id`,
		[region, convener]
	);
	await owner.query(
		`insert into public.council_seats (council_id, organisation_id, standing, since) select $1, unnest($2::uuid[]), 'voting', '2020-01-01'`,
		[made, [convener, ...seats]]
	);
	return made;
}

/** Lets accepted filings of a council be revised for good. */
export async function neverLocks(owner: Client, council: string): Promise<void> {
	await owner.query('update public.councils set lock_after_days = null where id = $1', [council]);
}

export async function member(
	owner: Client,
	organisation: string | null,
	...roles: string[]
): Promise<Actor> {
	const person = randomUUID();
	await owner.query(`insert into identity."user" (id, name, email) values ($1, '林岳', $2)`, [
		person,
		`${person}@example.cn`
	]);
	if (organisation)
		await owner.query(
			'insert into public.members (person_id, organisation_id, roles) values ($1, $2, $3)',
			[person, organisation, roles]
		);
	return { person, organisation };
}

function claimsOf(actor: Actor) {
	return { sub: actor.person, role: 'authenticated', org: actor.organisation ?? undefined };
}

/** The token the app would send for this person. */
export function tokenOf(backend: Backend, actor: Actor): Promise<string> {
	return new SignJWT({ ...claimsOf(actor), sid: randomUUID() })
		.setProtectedHeader({ alg: 'HS256' })
		.setIssuer('xiezhi')
		.setAudience('authenticated')
		.setIssuedAt()
		.setExpirationTime('5m')
		.sign(new TextEncoder().encode(backend.jwtSecret));
}

/** Runs SQL as the database sees this person (null: a stranger), and undoes it unless told to keep it. */
export async function as<T>(
	owner: Client,
	actor: Actor | null,
	act: (client: Client) => Promise<T>,
	{ keep = false } = {}
): Promise<T> {
	const claims = owner.escapeLiteral(actor ? JSON.stringify(claimsOf(actor)) : '');
	try {
		await owner.query(
			`begin; select set_config('request.jwt.claims', ${claims}, true); set local role ${actor ? 'authenticated' : 'anon'}`
		);
		const answer = await act(owner);
		await owner.query(keep ? 'commit' : 'rollback');
		return answer;
	} catch (error) {
		await owner.query('rollback');
		throw error;
	}
}

/** Calls a verb as a person and keeps what it did. */
export function does<T = string>(
	owner: Client,
	actor: Actor,
	call: string,
	values: unknown[] = []
): Promise<T> {
	return as(owner, actor, (client) => one<T>(client, `select ${call}`, values), { keep: true });
}

/** What a person reads of what they were told, as the rows `n` of a statement. */
export const notificationsRead = `jsonb_to_recordset(public.notifications_page('{"wanted": 500}') -> 'rows')
	as n (kind text, subject_type text, subject_id text, created_at timestamptz, read_at timestamptz, passed boolean)`;

/** Files entries as [measure, region, value, why it is missing] and gives the submission; after an acceptance as a revision. */
export async function file(
	owner: Client,
	reporter: Actor,
	obligation: string,
	entries: (
		| [measure: string, region: string, value: number | null, reason?: string | undefined]
		| EntryGiven
	)[],
	/** Rules not met, as the check of the file would have found them. */
	warnings: { rule: string }[] = []
): Promise<string> {
	const sha = await one(owner, `select encode(sha256(convert_to($1, 'UTF8')), 'hex')`, [
		JSON.stringify(entries) + randomUUID()
	]);
	const corrects = await one<boolean>(
		owner,
		`select exists (select from public.submissions where obligation_id = $1 and status = 'accepted')
			and not exists (select from public.revisions where obligation_id = $1 and submission_id is null and withdrawn_at is null)`,
		[obligation]
	);
	if (corrects)
		await does(owner, reporter, `public.open_revision($1, '补报漏计的人数')`, [obligation]);
	const started = await does<{ submission: string }>(
		owner,
		reporter,
		`public.start_submission($1, 'file.csv', $2, 100)`,
		[obligation, sha]
	);
	const columns = entryColumns(
		entries.map((entry) => {
			if (!Array.isArray(entry)) return entry;
			const [measure, region, value, reason] = entry;
			return { measure, region, value, reason };
		})
	);
	await does(owner, reporter, 'public.add_entries($1, $2)', [started.submission, columns]);
	await does(owner, reporter, `public.submit_submission($1, $2, $3)`, [
		started.submission,
		entries.length,
		JSON.stringify(warnings)
	]);
	return started.submission;
}

export type EntryGiven = {
	measure: string;
	region: string;
	occupation?: string | undefined;
	mode?: string | undefined;
	/** Anything, so that the database can refuse it. */
	value: unknown;
	/** Why it is missing; late, where nobody says. */
	reason?: string | undefined;
};

/** Entries as `add_entries` takes them. */
export function entryColumns(entries: EntryGiven[]): string {
	const texts: string[] = [];
	const place = (text: string) => texts.push(text);
	const column = (read: (entry: EntryGiven, at: number) => unknown) =>
		`{${entries.map(read).join()}}`;
	return JSON.stringify({
		measure: column(({ measure }) => place(measure)),
		region: column(({ region }) => place(region)),
		occupation: column(({ occupation }) => place(occupation ?? '')),
		employment_mode: column(({ mode }) => place(mode ?? '')),
		value: column(({ value }) => value ?? 'NULL'),
		missing_reason: column(({ value, reason }) =>
			value === null ? place(reason ?? 'late') : 'NULL'
		),
		cell: column((_, at) => `D${at + 3}`),
		texts
	});
}

/** A dataset of two measures and two indicators, so that tests do not depend on the registry's content. */
export async function registry(owner: Client): Promise<void> {
	await owner.query(`
		insert into public.units values ('test_unit', '人', 'persons', '人', 'persons') on conflict do nothing;
		insert into public.measures (code, name_zh, name_en, unit, additive, counts_persons, over_time, description_zh, description_en) values
			('test_workers', '测试人数', 'test workers', 'test_unit', true, true, 'flow', '', ''),
			('test_signed', '测试签订', 'test signed', 'test_unit', true, true, 'flow', '', ''),
			('test_median', '测试中位数', 'test median', 'test_unit', false, false, 'unique', '', ''),
			('test_visits', '测试走访', 'test visits', 'test_unit', true, false, 'flow', '', '');
		insert into public.indicators (code, group_code, group_zh, group_en, position, name_zh, name_en, unit, decimals, direction, frequency, reported_by, breakdowns, tier) values
			('TEST1', 'T', '测试', 'test', 900, '测试签订率', 'test signing rate', 'test_unit', 1, 'higher', 'month', '{platforms}', '{district}', 'public'),
			('TEST2', 'T', '测试', 'test', 901, '测试规模', 'test size', 'test_unit', 0, 'neutral', 'month', '{platforms}', '{district}', 'public'),
			('TEST3', 'T', '测试', 'test', 902, '测试走访数', 'test visits', 'test_unit', 0, 'higher', 'month', '{community}', '{district}', 'council');
		insert into public.indicator_definitions (indicator_code, version, valid_from, kind, factor, numerator_zh, numerator_en, denominator_zh, denominator_en, formula_zh, formula_en) values
			('TEST1', 1, '2020-01-01', 'ratio', 100, 'a', 'a', 'b', 'b', 'a/b', 'a/b'),
			('TEST2', 1, '2020-01-01', 'sum', 1, 'a', 'a', null, null, 'a', 'a'),
			('TEST3', 1, '2020-01-01', 'sum', 1, 'a', 'a', null, null, 'a', 'a');
		insert into public.definition_terms values
			('TEST1', 1, 'numerator', 'test_signed', 1), ('TEST1', 1, 'denominator', 'test_workers', 1),
			('TEST2', 1, 'numerator', 'test_workers', 1), ('TEST3', 1, 'numerator', 'test_visits', 1);
		insert into public.datasets (code, kind, name_zh, name_en, description_zh, description_en, frequency, due_working_days, review_stages, region_level) values
			('test_monthly', 'platform', '测试月报', 'test monthly', '', '', 'month', 10, 1, 'county'),
			('test_services', 'community', '测试服务', 'test services', '', '', 'month', 5, 2, 'street');
		insert into public.dataset_measures (dataset_code, measure_code, position, required, value_type) values
			('test_monthly', 'test_workers', 1, true, 'count'), ('test_monthly', 'test_signed', 2, true, 'count'),
			('test_services', 'test_visits', 1, true, 'count');
	`);
}
