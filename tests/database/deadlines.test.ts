import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Client } from 'pg';
import { calendarFile, type DueDays } from '../../src/lib/deadlines/calendar.ts';
import { digest, type DigestItem } from '../../src/lib/notifications/digest.ts';
import {
	as,
	convened,
	does,
	entryColumns,
	file,
	member,
	notificationsRead,
	one,
	openStage,
	organisation,
	registry,
	tokenOf,
	type Actor,
	type Stage
} from './council.ts';
import { today } from '#lib/kernel/day.ts';
import { monthsBefore } from '#lib/kernel/period.ts';

let stage: Stage;
let owner: Client;
let council: string;
let platform: string;
let convener: string;
let reporter: Actor;
let administrator: Actor;
let rival: Actor;
let reviewer: Actor;
let secretariat: Actor;

/** Months that ended before today, newest first: each test owes one of its own. */
function* endedMonths(back: number): Generator<string, never> {
	for (;;) yield monthsBefore(today(), back++).slice(0, 7);
}
const recent = endedMonths(1);
/** More than a year ago: nothing can be moved from there to today. */
const old = endedMonths(40);

beforeAll(async () => {
	stage = await openStage('deadlines');
	owner = stage.owner;
	await registry(owner);
	await owner.query(`
		insert into public.datasets (code, kind, name_zh, name_en, description_zh, description_en, frequency, due_working_days, review_stages, region_level)
		values ('test_authority', 'government', '测试机关月报', 'test authority', '', '', 'month', 10, 1, 'county')`);
	convener = await organisation(owner, 'government', '秘书处', '31');
	const bureau = await organisation(owner, 'government', '人社局', '31');
	platform = await organisation(owner, 'platform', '平台', '31');
	council = await convened(owner, '31', convener, bureau, platform);
	secretariat = await member(owner, convener, 'admin');
	reviewer = await member(owner, bureau, 'reviewer');
	reporter = await member(owner, platform, 'reporter');
	administrator = await member(owner, platform, 'admin');
	rival = await member(owner, await organisation(owner, 'platform', '对手', '31'), 'reporter');
}, 180_000);

afterAll(() => stage?.close());

const onlyAnId =
	/^https:\/\/xiezhi\.example\/[a-z/]+\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(#objection)?$/;

/** An obligation, of the platform where nobody else is named, in a month that no other test uses. */
async function owing(
	months = recent,
	dataset = 'test_monthly',
	organisation = platform
): Promise<string> {
	const month = months.next().value;
	await does(owner, secretariat, 'public.open_obligations($1, $2, $3)', [council, dataset, month]);
	return one(
		owner,
		'select id from public.obligations where organisation_id = $1 and period = $2',
		[organisation, month]
	);
}

const state = (obligation: string) =>
	one(owner, 'select state from public.obligation_states where id = $1', [obligation]);
const due = (obligation: string) =>
	one(owner, 'select due_on::text from public.obligations where id = $1', [obligation]);
const day = (expression: string) => one(owner, `select (${expression})::date::text`);
/** A function of the database over its API, as the app's own server would not call it. */
const call = async (who: Actor, name: string, body: object) =>
	fetch(`${stage.backend.apiUrl}/rest/v1/rpc/${name}`, {
		method: 'POST',
		headers: {
			apikey: stage.backend.publishableKey,
			authorization: `Bearer ${await tokenOf(stage.backend, who)}`,
			'content-type': 'application/json'
		},
		body: JSON.stringify(body)
	});
const ask = (
	by: Actor,
	obligation: string,
	wished: string,
	reason = '系统迁移，数据核对需要时间'
) => does(owner, by, 'public.request_extension($1, $2, $3)', [obligation, wished, reason]);
/** The due date of an obligation, and what was filed for it, as subjects of notifications. */
const about =
	'(select $1::text union select s.id::text from public.submissions s where s.obligation_id = $1::text::uuid)';
const told = async (obligation: string) => {
	const { rows } = await owner.query<{ person_id: string; kind: string }>(
		`select person_id, kind from public.notifications where subject_id in ${about} order by kind, person_id`,
		[obligation]
	);
	return rows.map(({ person_id, kind }) => [person_id, kind] as const);
};
const labour: [string, string, number][] = [
	['test_workers', '310105', 1000],
	['test_signed', '310105', 300]
];

test('a clerk asks for more time, the regulator gives another date, and the due date follows the decision alone', async () => {
	const obligation = await owing();
	const before = await due(obligation);
	const today = await day('private.today()');
	const request = await ask(reporter, obligation, await day('private.today() + 40'));
	expect(await due(obligation)).toBe(before);

	await expect(ask(administrator, obligation, today)).rejects.toThrow(/extension_(date|already)/);
	await expect(ask(administrator, obligation, await day('private.today() + 50'))).rejects.toThrow(
		'extension_already_asked'
	);

	const given = await does(
		owner,
		reviewer,
		`public.approve_extension($1, private.today() + 30, '同意')::text`,
		[request]
	);
	expect(given).toBe(await day('private.due_date(private.today() + 29, 1)'));
	expect(await due(obligation)).toBe(given);
	expect(await state(obligation)).toBe('open');
	expect(
		await one(owner, 'select original_due_on::text from public.obligations where id = $1', [
			obligation
		])
	).toBe(before);
	const verbs = await owner.query(
		'select verb from public.audit_events where subject_id = $1 order by at',
		[obligation]
	);
	expect(verbs.rows.map(({ verb }) => verb as string)).toEqual([
		'request_extension',
		'approve_extension'
	]);

	await expect(
		does(owner, secretariat, `public.decline_extension($1, '改变主意了，不同意')`, [request])
	).rejects.toThrow('extension_not_open');
	await expect(
		owner.query(`update public.extension_requests set reason = '另一个理由' where id = $1`, [
			request
		])
	).rejects.toThrow('record_is_kept');
});

test('a refusal has its reason, and the due date stays', async () => {
	const obligation = await owing();
	const before = await due(obligation);
	const request = await ask(reporter, obligation, await day('private.today() + 10'));
	await expect(
		does(owner, secretariat, `public.decline_extension($1, ' 不行 ')`, [request])
	).rejects.toThrow('extension_needs_a_reason');
	await does(owner, secretariat, `public.decline_extension($1, '数据已经齐全，请尽快报送')`, [
		request
	]);
	expect(await due(obligation)).toBe(before);
	expect(await state(obligation)).toBe('overdue');
	// Asked again with more to say.
	await ask(reporter, obligation, await day('private.today() + 10'));
});

test('nobody decides on a request of their own, whatever hat they wear', async () => {
	const obligation = await owing();
	const request = await ask(reporter, obligation, await day('private.today() + 10'));
	const turncoat = { person: reporter.person, organisation: reviewer.organisation };
	await owner.query(
		`insert into public.members (person_id, organisation_id, roles) values ($1, $2, '{reviewer}')`,
		[turncoat.person, turncoat.organisation]
	);
	await expect(
		does(owner, turncoat, 'public.approve_extension($1, private.today() + 10)', [request])
	).rejects.toThrow('nobody_decides_their_own');
	await expect(
		does(owner, administrator, 'public.approve_extension($1, private.today() + 10)', [request])
	).rejects.toThrow('extension_not_found');
	await does(owner, administrator, 'public.withdraw_extension($1)', [request]);
	await expect(
		does(owner, reviewer, 'public.approve_extension($1, private.today() + 10)', [request])
	).rejects.toThrow('extension_not_open');
});

test('a request of the convener is decided by another authority of the whole region, and by nobody else', async () => {
	const month = recent.next().value;
	await does(owner, secretariat, `public.open_obligations($1, 'test_authority', $2)`, [
		council,
		month
	]);
	const obligation = await one(
		owner,
		'select id from public.obligations where organisation_id = $1 and period = $2',
		[convener, month]
	);
	const clerk = await member(owner, convener, 'reporter');
	const colleague = await member(owner, convener, 'reviewer');
	const district = await organisation(owner, 'government', '区人社局', '310105');
	await owner.query(
		`insert into public.council_seats (council_id, organisation_id, standing, since) values ($1, $2, 'voting', '2020-01-01')`,
		[council, district]
	);
	const below = await member(owner, district, 'reviewer');
	const request = await ask(clerk, obligation, await day('private.today() + 20'));

	const approve = (by: Actor) =>
		does(owner, by, `public.approve_extension($1, private.today() + 20)::text`, [request]);
	await expect(approve(secretariat)).rejects.toThrow('nobody_decides_their_own');
	for (const other of [colleague, clerk, below, administrator, rival])
		await expect(approve(other)).rejects.toThrow('extension_not_found');

	const waiting = (who: Actor) =>
		does<number>(
			owner,
			who,
			`(select count(*)::int from public.extension_queue() q where q.id = $1)`,
			[request]
		);
	const seen = (who: Actor) =>
		does<number>(
			owner,
			who,
			`(select count(*)::int from public.obligation_to_decide($1))
				+ (select count(*)::int from public.extension_requests where obligation_id = $1)`,
			[obligation]
		);
	expect([await waiting(reviewer), await seen(reviewer)]).toEqual([1, 2]);
	for (const other of [below, administrator, rival, secretariat])
		expect(await waiting(other)).toBe(0);
	for (const other of [below, administrator, rival]) expect(await seen(other)).toBe(0);

	await approve(reviewer);
	expect(await due(obligation)).toBe(await day('private.due_date(private.today() + 19, 1)'));
	expect(await told(obligation)).toContainEqual([clerk.person, 'extension_approved']);
	expect(
		await one(
			owner,
			`select organisation_id from public.audit_events where verb = 'approve_extension' and subject_id = $1`,
			[obligation]
		)
	).toBe(reviewer.organisation);

	// Of another body's request the secretariat decides as of any; it sees what it decides on.
	const ofBureau = await one(
		owner,
		'select id from public.obligations where organisation_id = $1 and period = $2',
		[reviewer.organisation, month]
	);
	const bureauClerk = await member(owner, reviewer.organisation, 'reporter');
	const theirs = await ask(bureauClerk, ofBureau, await day('private.today() + 20'));
	await expect(
		does(owner, reviewer, `public.decline_extension($1, '请按期报送')`, [theirs])
	).rejects.toThrow(/extension_not_found|nobody_decides_their_own/);
	await does(owner, secretariat, `public.decline_extension($1, '数据已经齐全，请按期报送')`, [
		theirs
	]);

	// Without another authority a request would wait for ever.
	await owner.query(
		`update public.council_seats set standing = 'observer' where council_id = $1 and organisation_id = $2`,
		[council, reviewer.organisation]
	);
	await expect(ask(clerk, obligation, await day('private.today() + 60'))).rejects.toThrow(
		'extension_nobody_decides'
	);
	await owner.query(
		`update public.council_seats set standing = 'voting' where council_id = $1 and organisation_id = $2`,
		[council, reviewer.organisation]
	);
	await owner.query(
		`update public.council_seats set until = '2020-02-01' where council_id = $1 and organisation_id = $2`,
		[council, district]
	);
	await owner.query('update public.members set ended_at = now() where person_id = $1', [
		colleague.person
	]);
});

test('a period of the convener is excused by another authority, and by nobody of the convener', async () => {
	const month = recent.next().value;
	await does(owner, secretariat, `public.open_obligations($1, 'test_authority', $2)`, [
		council,
		month
	]);
	const of = (body: Actor) =>
		one(owner, 'select id from public.obligations where organisation_id = $1 and period = $2', [
			body.organisation,
			month
		]);
	const obligation = await of(secretariat);
	const excuse = (by: Actor, which = obligation) =>
		does(owner, by, `public.excuse_obligation($1, '机构正在合并')`, [which]);
	const end = (by: Actor) => does(owner, by, `public.end_excuse($1, '合并已经推迟')`, [obligation]);
	const clerk = await member(owner, convener, 'reporter');
	/** Reviews for the other authority, and is the convener's clerk. */
	const turncoat = { person: clerk.person, organisation: reviewer.organisation };
	await owner.query(
		`insert into public.members (person_id, organisation_id, roles) values ($1, $2, '{reviewer}')`,
		[turncoat.person, turncoat.organisation]
	);
	const request = await ask(clerk, obligation, await day('private.today() + 20'));

	for (const own of [secretariat, turncoat])
		await expect(excuse(own)).rejects.toThrow('nobody_decides_their_own');
	for (const other of [clerk, reporter, rival])
		await expect(excuse(other)).rejects.toThrow('only_the_secretariat');
	await excuse(reviewer);
	expect(await state(obligation)).toBe('excused');
	// What it asked for needs no answer as long as it is excused.
	const waiting = () =>
		does<number>(
			owner,
			reviewer,
			`(select count(*)::int from public.extension_queue() q where q.id = $1)`,
			[request]
		);
	expect(await waiting()).toBe(0);
	await expect(end(secretariat)).rejects.toThrow('nobody_decides_their_own');
	await end(reviewer);
	expect(await waiting()).toBe(1);
	const { rows } = await owner.query(
		'select excused_by_organisation, ended_by_organisation from public.excuses where obligation_id = $1',
		[obligation]
	);
	expect(rows).toEqual([
		{
			excused_by_organisation: reviewer.organisation,
			ended_by_organisation: reviewer.organisation
		}
	]);
	// The secretariat excuses the other authority as anybody, and it alone.
	await expect(excuse(reviewer, await of(reviewer))).rejects.toThrow('only_the_secretariat');
	await excuse(secretariat, await of(reviewer));

	const seat = (standing: string) =>
		owner.query(
			'update public.council_seats set standing = $3 where council_id = $1 and organisation_id = $2',
			[council, reviewer.organisation, standing]
		);
	await seat('observer');
	await expect(excuse(secretariat)).rejects.toThrow('excuse_nobody_decides');
	await expect(excuse(reviewer)).rejects.toThrow('only_the_secretariat');
	await seat('voting');
	await owner.query('update public.members set ended_at = now() where person_id = $1', [
		clerk.person
	]);
});

test('two who decide at once: one decision stands', async () => {
	const obligation = await owing();
	const request = await ask(reporter, obligation, await day('private.today() + 10'));
	const answers = await Promise.all([
		call(reviewer, 'approve_extension', { request, due: await day('private.today() + 10') }),
		call(secretariat, 'decline_extension', { request, reason: '数据已经齐全，请尽快报送' })
	]);
	expect(answers.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
	expect(answers.find(({ ok }) => !ok)?.status).toBe(409);
});

test('lateness counts from the decided date, also of what came while the request was open', async () => {
	const obligation = await owing();
	const request = await ask(reporter, obligation, await day('private.today() + 10'));
	const early = await file(owner, reporter, obligation, labour);
	const late = () =>
		one<number>(owner, 'select late_days from public.submissions where id = $1', [early]);
	expect(await late()).toBeGreaterThan(0);
	await does(owner, reviewer, 'public.approve_extension($1, private.today() + 10)', [request]);
	expect(await late()).toBe(0);
	await expect(ask(reporter, obligation, await day('private.today() + 60'))).rejects.toThrow(
		'extension_not_needed'
	);
});

test('an excused period is not owed, does not count, and can be owed again, each with a reason', async () => {
	const obligation = await owing();
	const excuse = (by: Actor, reason: string) =>
		does(owner, by, 'public.excuse_obligation($1, $2)', [obligation, reason]);
	await expect(excuse(reviewer, '平台已停止营业')).rejects.toThrow('only_the_secretariat');
	await expect(excuse(secretariat, '停业')).rejects.toThrow('excuse_needs_a_reason');
	const began = await does<{ submission: string }>(
		owner,
		reporter,
		`public.start_submission($1, 'file.csv', repeat('a', 64), 100)`,
		[obligation]
	);
	await does(owner, reporter, 'public.add_entries($1, $2)', [
		began.submission,
		entryColumns(labour.map(([measure, region, value]) => ({ measure, region, value })))
	]);
	await excuse(secretariat, '平台已停止营业');
	expect(await state(obligation)).toBe('excused');
	// Neither begun nor ended, and not over the API of the database either.
	await expect(
		does(owner, reporter, `public.start_submission($1, 'file.csv', repeat('b', 64), 100)`, [
			obligation
		])
	).rejects.toThrow('obligation_is_excused');
	await expect(
		does(owner, reporter, 'public.submit_submission($1, 2)', [began.submission])
	).rejects.toThrow('obligation_is_excused');
	const answer = await call(reporter, 'submit_submission', {
		submission: began.submission,
		expected: 2
	});
	expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
		409,
		'obligation_is_excused'
	]);
	expect(
		await one(
			owner,
			`select count(*)::int from public.submissions where obligation_id = $1 and status <> 'draft'`,
			[obligation]
		)
	).toBe(0);
	await expect(excuse(secretariat, '平台已停止营业')).rejects.toThrow('obligation_already_excused');
	await expect(ask(reporter, obligation, await day('private.today() + 10'))).rejects.toThrow(
		'extension_not_needed'
	);

	await expect(does(owner, secretariat, `public.end_excuse($1, '')`, [obligation])).rejects.toThrow(
		'excuse_needs_a_reason'
	);
	await does(owner, secretariat, `public.end_excuse($1, '平台恢复营业')`, [obligation]);
	expect(await state(obligation)).toBe('overdue');
	const { rows } = await owner.query(
		'select reason, ended_reason from public.excuses where obligation_id = $1',
		[obligation]
	);
	expect(rows).toEqual([{ reason: '平台已停止营业', ended_reason: '平台恢复营业' }]);
	await expect(owner.query('delete from public.excuses')).rejects.toThrow('record_is_kept');

	const filed = await file(owner, reporter, obligation, labour);
	await expect(excuse(secretariat, '平台已停止营业')).rejects.toThrow('obligation_already_filed');
	// Sent back it may be excused, but not while a objection can still make it count.
	await does(owner, reviewer, `public.return_submission($1, '请核对参保人数')`, [filed]);
	const objection = await does(owner, reporter, `public.raise_objection($1, '数字核对无误')`, [
		filed
	]);
	await expect(excuse(secretariat, '平台已停止营业')).rejects.toThrow('obligation_already_filed');
	await does(owner, secretariat, `public.decide_objection($1, 'upheld', '请按口径更正')`, [
		objection
	]);
	await excuse(secretariat, '平台已停止营业');
	await expect(
		does(owner, reporter, `public.raise_objection($1, '数字核对无误')`, [filed])
	).rejects.toThrow('nothing_to_object_to');
});

test('the holidays of each year are known whole: what the State Council took from the working week', async () => {
	const { rows } = await owner.query(
		`select extract(year from day)::integer as year, count(*) filter (where not working)::integer as off,
		        count(*) filter (where working)::integer as made_up,
		        bool_and(working = (extract(isodow from day) > 5)) filter (where working) as made_up_on_weekends
		 from public.calendar_days group by 1 order by 1`
	);
	expect(rows).toEqual([
		{ year: 2024, off: 28, made_up: 8, made_up_on_weekends: true },
		{ year: 2025, off: 28, made_up: 5, made_up_on_weekends: true },
		{ year: 2026, off: 33, made_up: 6, made_up_on_weekends: true }
	]);
});

test('a due date rolls over a holiday and counts a make-up day', async () => {
	// After 30 September 2026: off until the 7th; 8, 9 and Saturday the 10th work.
	const after = (days: number) => day(`private.due_date('2026-09-30', ${days})`);
	expect([await after(1), await after(2), await after(3), await after(4)]).toEqual([
		'2026-10-08',
		'2026-10-09',
		'2026-10-10',
		'2026-10-12'
	]);
	expect(await day(`private.working_day_before('2026-10-12', 3)`)).toBe('2026-10-08');
	expect(await day(`private.working_day_before('2026-10-08', 1)`)).toBe('2026-09-30');
});

test('a year of holidays, added as the documentation says, moves what is still to come, and nothing else', async () => {
	const year = await one<number>(
		owner,
		`select greatest(max(extract(year from day)), extract(year from private.today()))::integer + 1 from public.calendar_days`
	);
	const others: string[] = [];
	const clerks: Actor[] = [];
	for (const name of ['已报', '已延', '免报']) {
		const seated = await organisation(owner, 'platform', name, '31');
		others.push(seated);
		clerks.push(await member(owner, seated, 'reporter'));
		await owner.query(
			`insert into public.council_seats (council_id, organisation_id, standing, since) values ($1, $2, 'voting', '2020-01-01')`,
			[council, seated]
		);
	}
	const [filer, asker, excused] = others as [string, string, string];
	for (const period of [`${year}-01`, `${year}-05`])
		await does(owner, secretariat, `public.open_obligations($1, 'test_monthly', $2)`, [
			council,
			period
		]);
	const of = (seated: string, period = `${year}-01`) =>
		one(owner, 'select id from public.obligations where organisation_id = $1 and period = $2', [
			seated,
			period
		]);
	const ours = await of(platform);
	const [before, june] = [await due(ours), await due(await of(platform, `${year}-05`))];
	const past = await owing();
	const pastDue = await due(past);
	// One has filed, one was given another day, one need not file.
	await owner.query(
		`insert into public.submissions (obligation_id, council_id, organisation_id, dataset_code, dataset_version, period, version, status,
			file_name, file_sha256, file_size, row_count, values_sha256, created_by, submitted_at, late_days)
		 select id, council_id, organisation_id, dataset_code, 1, period, 1, 'submitted', 'early.csv', repeat('0', 64), 1, 1, repeat('0', 64), $2, now(), 0
		 from public.obligations where id = $1`,
		[await of(filer), clerks[0]?.person]
	);
	const request = await ask(clerks[1]!, await of(asker), await day(`'${before}'::date + 3`));
	const given = await does(
		owner,
		reviewer,
		`public.approve_extension($1, '${before}'::date + 1)::text`,
		[request]
	);
	await does(owner, secretariat, `public.excuse_obligation($1, '平台已停止营业')`, [
		await of(excused)
	]);
	const token = await does(owner, reporter, 'public.make_calendar_feed()');

	const seed = await readFile(
		join(import.meta.dirname, '../../supabase/seed/40_calendar.sql'),
		'utf8'
	);
	await owner.query('begin');
	// As the notice would say it; a Saturday in June works, and so does a day on which a past period was due not.
	await owner.query(
		seed.replace(
			'  values\n',
			`  values
    (date '${year}-02-03', date '${year}-02-09', array[]::date[], '春节', 'Spring Festival'),
    (date '${pastDue}', date '${pastDue}', array[]::date[], '临时', 'Unplanned'),
    (date '${year}-12-31', date '${year}-12-31', array[(select min(g.at)::date from generate_series(date '${year}-06-01', date '${june}', interval '1 day') as g (at) where extract(isodow from g.at) = 6)], '元旦', 'New Year'),
`
		)
	);
	await owner.query('commit');

	const after = await day(`private.due_date('${year}-01-31', 10)`);
	expect(after > before && after > given).toBe(true);
	expect(await due(ours)).toBe(after);
	expect(await due(await of(excused))).toBe(after);
	expect(await due(await of(filer))).toBe(before);
	expect(await due(await of(asker))).toBe(given);
	expect(await due(past)).toBe(pastDue);
	// Computed anew it would be earlier.
	expect((await day(`private.due_date('${year}-05-31', 10)`)) < june).toBe(true);
	expect(await due(await of(platform, `${year}-05`))).toBe(june);

	expect(await told(ours)).toEqual([[reporter.person, 'calendar_moved']]);
	for (const seated of others)
		expect((await told(await of(seated))).filter(([, kind]) => kind === 'calendar_moved')).toEqual(
			[]
		);
	const recorded = async (who: Actor) =>
		(
			await as(owner, who, (client) =>
				client.query<{ details: object }>(
					`select details from public.audit_events where verb = 'follow_calendar' and subject_id = $1`,
					[ours]
				)
			)
		).rows;
	const details = {
		dataset: 'test_monthly',
		period: `${year}-01`,
		due_before: before,
		due_on: after
	};
	for (const who of [reporter, secretariat]) expect(await recorded(who)).toEqual([{ details }]);
	expect(await recorded(rival)).toEqual([]);
	const calendar = await one<DueDays>(owner, 'select private.calendar_of($1)', [token]);
	expect(eventOf(calendarFile(calendar, 'https://xiezhi.example', 'en'), ours)).toMatchObject({
		'DTSTART;VALUE=DATE': after.replaceAll('-', ''),
		SEQUENCE: '1'
	});

	// The file again, as at the next start: nobody is told twice.
	await owner.query(seed);
	expect(await told(ours)).toHaveLength(1);
	// What was wrongly a holiday gives no day back.
	await owner.query(
		`delete from public.calendar_days where extract(year from day) = $1 or day = $2`,
		[year, pastDue]
	);
	expect(await due(ours)).toBe(after);
	await expect(owner.query('delete from public.calendar_moves')).rejects.toThrow('record_is_kept');
	await owner.query(
		`update public.council_seats set until = '2020-02-01' where organisation_id = any ($1)`,
		[others]
	);
});

/** An event of an iCalendar file, by property; long lines are folded in the file. */
function eventOf(calendar: string, obligation: string): Record<string, string> | undefined {
	const lines = calendar.replaceAll('\r\n ', '').split('\r\n');
	const events = lines
		.join('\n')
		.split('BEGIN:VEVENT\n')
		.slice(1)
		.map((event) =>
			Object.fromEntries(
				event.split('\n').map((line) => {
					const [name = '', ...value] = line.split(':');
					return [name, value.join(':')];
				})
			)
		);
	return events.find(({ UID }) => UID === `${obligation}@xiezhi`);
}

describe('the calendar address', () => {
	const days = (token: string) =>
		one<DueDays | null>(owner, 'select private.calendar_of($1)', [token]);

	test('holds the due dates of the organisation, follows an extension, and cancels an excused period', async () => {
		const obligation = await owing();
		await owner.query(
			`update public.obligations set changed_at = now() - interval '1 day' where id = $1`,
			[obligation]
		);
		const token = await does(owner, reporter, 'public.make_calendar_feed()');
		expect(token).toMatch(/^[0-9a-f]{64}$/);
		const file_of = async (locale: 'zh-CN' | 'en') =>
			calendarFile((await days(token))!, 'https://xiezhi.example', locale);
		const before = eventOf(await file_of('zh-CN'), obligation)!;
		expect(before['DTSTART;VALUE=DATE']).toBe((await due(obligation)).replaceAll('-', ''));
		expect(before).toMatchObject({ SEQUENCE: '0', STATUS: 'CONFIRMED' });
		expect(before.SUMMARY).toContain('测试月报');

		const request = await ask(reporter, obligation, await day('private.today() + 10'));
		await does(owner, reviewer, 'public.approve_extension($1, private.today() + 10)', [request]);
		const after = eventOf(await file_of('en'), obligation)!;
		expect(after['DTSTART;VALUE=DATE']).toBe((await due(obligation)).replaceAll('-', ''));
		expect(after).toMatchObject({ UID: before.UID, SEQUENCE: '1' });
		expect(after.SUMMARY).toContain('test monthly');
		expect(Number(after['LAST-MODIFIED']!.replaceAll(/\D/g, ''))).toBeGreaterThan(
			Number(before['LAST-MODIFIED']!.replaceAll(/\D/g, ''))
		);

		await does(owner, secretariat, `public.excuse_obligation($1, '平台已停止营业')`, [obligation]);
		expect(eventOf(await file_of('en'), obligation)).toMatchObject({
			SEQUENCE: '2',
			STATUS: 'CANCELLED'
		});
	});

	test('of a rival holds none of ours', async () => {
		await owing(old);
		const token = await does(owner, rival, 'public.make_calendar_feed()');
		expect((await days(token))?.days).toEqual([]);
	});

	test('ends when it is revoked, and with the membership', async () => {
		const token = await does(owner, administrator, 'public.make_calendar_feed()');
		const stored = await one(
			owner,
			'select token_hash from public.calendar_feeds where person_id = $1',
			[administrator.person]
		);
		expect(stored).not.toContain(token);
		await expect(
			does(owner, rival, 'public.revoke_calendar_feed($1)', [
				await one(owner, 'select id from public.calendar_feeds where token_hash = $1', [stored])
			])
		).rejects.toThrow('calendar_feed_not_live');
		await owner.query('update public.calendar_feeds set revoked_at = now() where token_hash = $1', [
			stored
		]);
		expect(await days(token)).toBeNull();
		expect(await days('0'.repeat(64))).toBeNull();

		const clerk = await member(owner, platform, 'reporter');
		const theirs = await does(owner, clerk, 'public.make_calendar_feed()');
		expect(await days(theirs)).not.toBeNull();
		await does(owner, administrator, 'public.end_membership($1, $2)', [platform, clerk.person]);
		expect(await days(theirs)).toBeNull();
	});
});

const remind = (on: string) => one<number>(owner, `select private.remind((${on})::date)`);

describe('reminders', () => {
	test('come 5 and 1 working days before and the day after, once; 5 working days later the regulator and the secretariat learn of it', async () => {
		const obligation = await owing(old);
		const on = `(select due_on from public.obligations where id = '${obligation}')`;
		await does(
			owner,
			administrator,
			`public.create_api_key($1, '用工平台', '{submissions:write}', $2, 'xz_abcdef')`,
			[platform, 'a'.repeat(64)]
		);
		const former = await member(owner, platform, 'reporter');
		await does(owner, administrator, 'public.end_membership($1, $2)', [platform, former.person]);

		await remind(`private.working_day_before(${on}, 6)`);
		expect(await told(obligation)).toEqual([]);
		const first = `private.working_day_before(${on}, 5)`;
		expect(await remind(first)).toBeGreaterThan(0);
		expect(await remind(first)).toBe(0);
		expect(await told(obligation)).toEqual([[reporter.person, 'due_in_5']]);
		await remind(`private.working_day_before(${on}, 1)`);
		await remind(on);
		await remind(`${on} + 1`);
		const late = await told(obligation);
		expect(late.map(([person]) => person)).toEqual(Array(3).fill(reporter.person));
		expect(late.map(([, kind]) => kind)).toEqual(['due_in_1', 'due_in_5', 'overdue']);

		await remind(`private.due_date(${on}, 4)`);
		expect(await told(obligation)).toHaveLength(3);
		await remind(`private.due_date(${on}, 5)`);
		await remind(`private.due_date(${on}, 9)`);
		const escalated = (await told(obligation)).filter(([, kind]) => kind === 'escalated');
		expect(escalated.map(([person]) => person).toSorted()).toEqual(
			// The clerk who also reviews elsewhere decides nothing for their own.
			[reviewer.person, secretariat.person].toSorted()
		);
	});

	test('stop when the period is filed or excused, and begin anew with a moved date', async () => {
		const filed = await owing(old);
		await file(owner, reporter, filed, labour);
		const excused = await owing(old);
		await does(owner, secretariat, `public.excuse_obligation($1, '平台已停止营业')`, [excused]);
		const moved = await owing();
		await remind('private.today()');
		expect(await told(filed)).toEqual([]);
		expect((await told(excused)).map(([, kind]) => kind)).toEqual(['excused']);
		const before = (await told(moved)).length;
		expect(before).toBeGreaterThan(0);
		const request = await ask(reporter, moved, await day('private.today() + 30'));
		await does(owner, reviewer, 'public.approve_extension($1, private.today() + 30)', [request]);
		await remind('private.today()');
		expect((await told(moved)).map(([, kind]) => kind)).toContain('extension_approved');
		await remind(
			`private.working_day_before((select due_on from public.obligations where id = '${moved}'), 1)`
		);
		expect((await told(moved)).map(([, kind]) => kind)).toContain('due_in_1');
	});

	test('a person reads and marks their own, and nobody else does', async () => {
		const unread = 'count(*)::integer from public.notifications where read_at is null';
		const mine = await does<number>(owner, reporter, 'public.unread_notifications()');
		expect(mine).toBeGreaterThan(0);
		// Some of it has passed.
		expect(await does<number>(owner, reporter, unread)).toBeGreaterThan(mine);
		expect(await does(owner, rival, 'public.mark_notifications_read()')).toBe(0);
		expect(await does(owner, reporter, 'public.mark_notifications_read()')).toBe(mine);
		expect(await does(owner, reporter, unread)).toBe(0);
		expect(await does(owner, reporter, 'public.mark_notifications_read()')).toBe(0);
	});
});

describe('what became of a filing', () => {
	/** The people told of an obligation, by kind, without those of what is due. */
	const toldOf = async (obligation: string) => {
		const by: Record<string, string[]> = {};
		for (const [person, kind] of await told(obligation))
			if (!['due_in_5', 'due_in_1', 'overdue', 'escalated'].includes(kind))
				by[kind] = [...(by[kind] ?? []), person];
		return by;
	};
	const cellsOf = (obligation: string, kind: string) =>
		one<number>(
			owner,
			`select distinct cells from public.notifications where subject_id in ${about} and kind = $2`,
			[obligation, kind]
		);
	const sendBack = (by: Actor, filed: string, positions: number[], rest = false) =>
		does(owner, by, `public.return_submission($1, '请核对参保人数', $2, $3)`, [
			filed,
			JSON.stringify(
				positions.map((position) => ({ position, code: 'other', note: '请核对本格数字' }))
			),
			rest
		]);
	const one_in = (...people: Actor[]) => people.map(({ person }) => person).toSorted();
	let colleague: Actor;
	let former: Actor;
	let second: Actor;
	const strangers = () => [rival, former, administrator];

	beforeAll(async () => {
		// Two who file, one who did until yesterday; and a second reviewer, who is not told what the first one did.
		colleague = await member(owner, platform, 'reporter');
		former = await member(owner, platform, 'reporter');
		await does(owner, administrator, 'public.end_membership($1, $2)', [platform, former.person]);
		second = await member(owner, reviewer.organisation, 'reviewer');
	});
	afterAll(() =>
		owner.query('update public.members set ended_at = now() where person_id = any ($1)', [
			one_in(colleague, second)
		])
	);

	test('a return, what it opened later, and its answers are told to who has to act, and to nobody else', async () => {
		const obligation = await owing();
		const filed = await file(owner, reporter, obligation, labour);
		expect(await toldOf(obligation)).toEqual({});
		await sendBack(reviewer, filed, [1]);
		expect(await toldOf(obligation)).toEqual({ returned: one_in(reporter, colleague) });
		expect(await cellsOf(obligation, 'returned')).toBe(1);

		const answer = (by: Actor) =>
			does(owner, by, `public.reply_to_marks($1, '[{"position": 1, "text": "已经核对"}]')`, [
				filed
			]);
		await answer(reporter);
		expect((await toldOf(obligation)).replied).toEqual(one_in(reviewer));
		await does(owner, reviewer, 'public.mark_notifications_read()');
		await answer(colleague);
		expect((await toldOf(obligation)).replied).toEqual(one_in(reviewer));
		const unread = (who: Actor) =>
			does<number>(
				owner,
				who,
				`(select count(*)::int from ${notificationsRead} where n.subject_id in ${about} and n.read_at is null)`,
				[obligation]
			);
		// Answered again, the line is unread again.
		expect(await unread(reviewer)).toBe(1);

		await does(
			owner,
			reviewer,
			`public.open_more_cells($1, '[{"position": 2, "code": "other", "note": "请核对本格数字"}]')`,
			[filed]
		);
		expect((await toldOf(obligation)).cells_opened).toEqual(one_in(reporter, colleague));
		expect(await cellsOf(obligation, 'cells_opened')).toBe(2);
		expect(await unread(reporter)).toBe(2);
		for (const who of [...strangers(), second, secretariat]) expect(await unread(who)).toBe(0);

		// Corrected, filed and accepted: one more line; nobody is told of a filing that came in.
		const corrected = await file(owner, colleague, obligation, [
			['test_workers', '310105', 1010],
			['test_signed', '310105', 310]
		]);
		await does(owner, second, 'public.accept_submission($1)', [corrected]);
		const all = await toldOf(obligation);
		expect(Object.keys(all).toSorted()).toEqual([
			'accepted',
			'cells_opened',
			'replied',
			'returned'
		]);
		expect(all.accepted).toEqual(one_in(reporter, colleague));
	});

	test('an excuse and its end are told to who files; what has passed is unread no longer', async () => {
		const obligation = await owing();
		await owner.query('select private.remind($1)', [await due(obligation)]);
		const unread = (who: Actor) => does<number>(owner, who, 'public.unread_notifications()', []);
		const passed = (who: Actor, of = obligation) =>
			does<string[]>(
				owner,
				who,
				`array(select n.kind from ${notificationsRead} where n.subject_id in ${about} and n.passed order by n.kind)`,
				[of]
			);
		await does(owner, reporter, 'public.mark_notifications_read()');
		expect(await unread(reporter)).toBe(0);
		const reminded = await unread(colleague);
		expect(reminded).toBeGreaterThan(0);
		expect(await passed(colleague)).toEqual([]);

		await does(owner, secretariat, `public.excuse_obligation($1, '平台正在搬迁')`, [obligation]);
		expect((await toldOf(obligation)).excused).toEqual(one_in(reporter, colleague));
		expect(await passed(colleague)).toEqual(['due_in_1']);
		// The excuse takes the place of the reminder; of what was read nobody says that it has passed.
		expect(await unread(colleague)).toBe(reminded);
		expect(await unread(reporter)).toBe(1);
		expect(await passed(reporter)).toEqual([]);

		await does(owner, secretariat, `public.end_excuse($1, '搬迁已经完成')`, [obligation]);
		const told = await toldOf(obligation);
		expect(told.excuse_ended).toEqual(one_in(reporter, colleague));
		expect(await passed(reporter)).toEqual(['excused']);
		await file(owner, reporter, obligation, labour);
		expect(await passed(colleague)).toEqual(['due_in_1', 'excuse_ended', 'excused']);
		expect(await unread(reporter)).toBe(0);

		// What had come back before it was excused has to be corrected after all.
		const returned = await owing();
		await sendBack(reviewer, await file(owner, colleague, returned, labour), []);
		await does(owner, secretariat, `public.excuse_obligation($1, '平台正在搬迁')`, [returned]);
		await does(owner, secretariat, `public.end_excuse($1, '搬迁已经完成')`, [returned]);
		expect(await passed(reporter, returned)).toEqual(['excused']);
		// The return counts again, and the excuse's end.
		expect(await unread(reporter)).toBe(2);
		for (const people of Object.values(told))
			for (const stranger of [...strangers(), reviewer, secretariat])
				expect(people).not.toContain(stranger.person);
	});

	test('what counts already is said beside what is to be corrected', async () => {
		const obligation = await owing();
		const filed = await file(owner, reporter, obligation, labour);
		await sendBack(reviewer, filed, [2], true);
		expect(await toldOf(obligation)).toEqual({ partly_accepted: one_in(reporter, colleague) });
		expect(await cellsOf(obligation, 'partly_accepted')).toBe(1);
	});

	test('an objection reaches the secretariat and whose decision it is; its decision who files and them', async () => {
		const obligation = await owing();
		const filed = await file(owner, reporter, obligation, labour);
		await sendBack(reviewer, filed, []);
		expect(await cellsOf(obligation, 'returned')).toBe(0);
		/** Administers the convener, and filed this one: nobody decides their own. */
		const turncoat = { person: reporter.person, organisation: convener };
		await owner.query(
			`insert into public.members (person_id, organisation_id, roles) values ($1, $2, '{admin}')`,
			[turncoat.person, turncoat.organisation]
		);
		const objection = await does(owner, colleague, `public.raise_objection($1, '数字核对无误')`, [
			filed
		]);
		await owner.query(
			'update public.members set ended_at = now() where person_id = $1 and organisation_id = $2',
			[turncoat.person, turncoat.organisation]
		);
		const raised = await toldOf(obligation);
		expect(raised.objection_to_decide).toEqual(one_in(secretariat));
		expect(raised.objected).toEqual(one_in(reviewer));
		await does(owner, secretariat, `public.decide_objection($1, 'upheld', '请按口径更正')`, [
			objection
		]);
		const upheld = await toldOf(obligation);
		expect(upheld.objection_upheld).toEqual(one_in(reporter, colleague));
		expect(upheld.decision_upheld).toEqual(one_in(reviewer));

		// Objected to once more: another event, told anew. Granted, it is accepted without a second word of it.
		const again = await does(owner, reporter, `public.raise_objection($1, '附上后台截图')`, [
			filed
		]);
		await does(
			owner,
			secretariat,
			`public.decide_objection($1, 'accepted_as_filed', '核对截图属实')`,
			[again]
		);
		const granted = await toldOf(obligation);
		expect(granted.objection_to_decide).toEqual(one_in(secretariat, secretariat));
		expect(granted.objection_granted).toEqual(one_in(reporter, colleague));
		expect(granted.decision_overruled).toEqual(one_in(reviewer));
		expect(granted).not.toHaveProperty('accepted');
		for (const people of Object.values(granted))
			for (const stranger of [...strangers(), second])
				expect(people).not.toContain(stranger.person);
	});

	test('an acceptance that is taken back is told to who files', async () => {
		const obligation = await owing();
		const filed = await file(owner, reporter, obligation, labour);
		await does(owner, reviewer, 'public.accept_submission($1)', [filed]);
		await does(
			owner,
			secretariat,
			`public.grant_exception($1, '统计口径调整', private.today() + 30)`,
			[obligation]
		);
		await does(owner, reviewer, `public.reopen_submission($1, '人数似有重复')`, [filed]);
		expect(await toldOf(obligation)).toEqual({
			accepted: one_in(reporter, colleague),
			reopened: one_in(reporter, colleague)
		});
		const objection = await does(owner, reporter, `public.raise_objection($1, '人数没有重复')`, [
			filed
		]);
		expect((await toldOf(obligation)).objected).toEqual(one_in(reviewer));
		await does(
			owner,
			secretariat,
			`public.decide_objection($1, 'accepted_as_filed', '人数核对属实')`,
			[objection]
		);
		// Reopened once more is another event.
		await does(owner, second, `public.reopen_submission($1, '另一处有重复')`, [filed]);
		expect((await toldOf(obligation)).reopened).toHaveLength(4);
	});

	test('a request for more time is told to who may decide on it, never to who asks', async () => {
		const obligation = await owing();
		await ask(reporter, obligation, await day('private.today() + 10'));
		const deciders = await toldOf(obligation);
		// The clerk who reviews elsewhere may not decide on what they asked for.
		expect(deciders).toEqual({ extension_asked: one_in(reviewer, second, secretariat) });
	});

	test('a request of the convener can be read by the other authority that was told of it', async () => {
		const obligation = await owing(recent, 'test_authority', convener);
		const clerk = await member(owner, convener, 'reporter');
		await ask(clerk, obligation, await day('private.today() + 20'));
		expect((await toldOf(obligation)).extension_asked).toContain(reviewer.person);
		const read = (who: Actor) =>
			does<string[]>(
				owner,
				who,
				`array(select n.kind from ${notificationsRead} where n.subject_id in ${about}
					intersect all select x.kind from public.notifications x where x.subject_id in ${about})`,
				[obligation]
			);
		expect(await read(reviewer)).toEqual(['extension_asked']);
		expect(await read(secretariat)).toEqual([]);
		// Whose seat ended is told no more, and reads no more of it.
		await owner.query(
			`update public.council_seats set until = current_date where council_id = $1 and organisation_id = $2`,
			[council, reviewer.organisation]
		);
		expect(await read(reviewer)).toEqual([]);
		await owner.query(
			'update public.council_seats set until = null where council_id = $1 and organisation_id = $2',
			[council, reviewer.organisation]
		);
	});
});

describe('mails', () => {
	let jobs: Client;
	const children = new Set<ChildProcess>();

	beforeAll(async () => {
		jobs = new Client({ connectionString: stage.backend.jobsUrl });
		await jobs.connect();
	});
	afterEach(async () => {
		for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
		children.clear();
		await jobs.query('rollback');
		await owner.query('update private.mails set dropped_at = now() where sent_at is null');
	});
	afterAll(() => jobs?.end());

	type Next = { id: string; to: string; items: DigestItem[] } | null;
	const next = () => one<Next>(jobs, 'select private.next_mail()');
	const addressOf = (who: Actor) =>
		one(owner, 'select email from public.people where id = $1', [who.person]);

	/** Notifications that no mail carries yet, for these people only. */
	async function tell(...people: Actor[]): Promise<void> {
		const obligation = await owing(old);
		await owner.query('select private.gather_mails()');
		await owner.query('update private.mails set dropped_at = now() where sent_at is null');
		for (const { person, organisation } of people)
			await owner.query(
				`insert into public.notifications (person_id, organisation_id, kind, subject_type, subject_id, due_on)
				 select $1, $2, kind, 'obligation', o.id::text, o.due_on from public.obligations o, unnest('{due_in_1,overdue}'::text[]) kind where o.id = $3`,
				[person, organisation, obligation]
			);
	}

	test('the queue works with a login that can do nothing else', async () => {
		for (const statement of [
			'select from public.people',
			'select from public.notifications',
			'select from private.mails',
			'select from identity."user"',
			'select public.my_tasks()',
			'create schema other',
			'create table public.other ()'
		])
			await expect(jobs.query(statement), statement).rejects.toThrow(/permission denied/);
	});

	test('one mail tells a person all of one run; who left gets none', async () => {
		const leaver = await member(owner, platform, 'reporter');
		await tell(reporter, leaver);
		await jobs.query('select private.gather_mails()');
		await jobs.query('select private.gather_mails()');
		await does(owner, administrator, 'public.end_membership($1, $2)', [platform, leaver.person]);

		await jobs.query('begin');
		const mail = (await next())!;
		expect(mail.to).toBe(await addressOf(reporter));
		expect(mail.items.map(({ kind }) => kind).toSorted()).toEqual(['due_in_1', 'overdue']);
		await jobs.query('select private.mail_sent($1)', [mail.id]);
		expect(await next()).toBeNull();
		await jobs.query('commit');
		expect(await next()).toBeNull();
	});

	/** All mails that wait now, by whom they go to. */
	async function waitingMails(): Promise<Record<string, DigestItem[]>> {
		await jobs.query('select private.gather_mails()');
		const mails: Record<string, DigestItem[]> = {};
		for (let mail = await next(); mail; mail = await next()) {
			mails[mail.to] = mail.items;
			await jobs.query('select private.mail_sent($1)', [mail.id]);
		}
		return mails;
	}

	test('a mail tells of a filing what its page tells, and no reason; what has passed is left out', async () => {
		await owner.query('select private.gather_mails()');
		await owner.query('update private.mails set dropped_at = now() where sent_at is null');
		const obligation = await owing();
		const clerk = await addressOf(reporter);
		const filed = await file(owner, reporter, obligation, labour);
		const sendBack = (which: string) =>
			does(
				owner,
				reviewer,
				`public.return_submission($1, '参保人数与社保记录不符', '[{"position": 1, "code": "other", "note": "比上月多出九百人"}]')`,
				[which]
			);
		await sendBack(filed);
		const mails = await waitingMails();
		expect(Object.keys(mails)).toEqual([clerk]);
		expect(mails[clerk]).toMatchObject([{ kind: 'returned', cells: 1, subject_id: filed }]);
		const { subject, text } = digest('林岳', mails[clerk]!, 'https://xiezhi.example', null);
		expect(subject).not.toMatch(/平台|测试|退回/);
		expect(text).toContain('平台的测试月报');
		expect(text).toContain(`https://xiezhi.example/submissions/${filed}`);
		// An address holds a kind of page and an id, which may look like a figure, and nothing else.
		const addresses = text.match(/https:\S+/g) ?? [];
		for (const address of addresses) expect(address).toMatch(onlyAnId);
		expect(text.replace(/https:\S+/g, '')).not.toMatch(/不符|九百|1000|300/);
		expect(await waitingMails()).toEqual({});

		// Objected and decided, or filed anew, before the mail went: only what still matters is told.
		const objection = await does(owner, reporter, `public.raise_objection($1, '数字核对无误')`, [
			filed
		]);
		await does(owner, secretariat, `public.decide_objection($1, 'upheld', '请按口径更正')`, [
			objection
		]);
		const corrected = await file(owner, reporter, obligation, [
			['test_workers', '310105', 1010],
			['test_signed', '310105', 300]
		]);
		const later = await waitingMails();
		expect(later).toEqual({
			[await addressOf(reviewer)]: [expect.objectContaining({ kind: 'decision_upheld' })]
		});

		// Whoever may not see it any more gets no mail of it either.
		const objector = await member(owner, platform, 'reporter');
		await sendBack(corrected);
		await does(owner, objector, `public.raise_objection($1, '数字核对无误')`, [corrected]);
		await does(owner, administrator, 'public.end_membership($1, $2)', [platform, objector.person]);
		await owner.query(
			`update public.council_seats set until = current_date where council_id = $1 and organisation_id = $2`,
			[council, reviewer.organisation]
		);
		const last = await waitingMails();
		await owner.query(
			'update public.council_seats set until = null where council_id = $1 and organisation_id = $2',
			[council, reviewer.organisation]
		);
		expect(Object.keys(last).toSorted()).toEqual([clerk, await addressOf(secretariat)].toSorted());
	});

	/** Built once, as the app is: Vite collects what the domains give. */
	let queue = '';
	beforeAll(async () => {
		const { build } = await import('vite');
		const outDir = join(import.meta.dirname, '..', '..', '.svelte-kit', 'job-queue');
		await build({
			configFile: false,
			logLevel: 'error',
			build: { ssr: join(import.meta.dirname, 'job-queue.ts'), outDir }
		});
		queue = join(outDir, 'job-queue.js');
	}, 60_000);

	/** The job queue as the app runs it, in a process of its own. */
	function startQueue(settings: Record<string, string>): ChildProcess {
		const child = spawn(process.execPath, [queue], {
			stdio: ['ignore', 'pipe', 'inherit'],
			env: { PATH: process.env.PATH, JOBS_DATABASE_URL: stage.backend.jobsUrl, ...settings }
		});
		children.add(child);
		return child;
	}
	const waiting = () =>
		one<string>(
			owner,
			'select count(*) from private.mails where sent_at is null and dropped_at is null'
		);
	const patiently = { timeout: 60_000, interval: 100 };

	test('a queue killed while a mail is on its way sends it again, under the same Message-ID, and none is lost', async () => {
		const received: string[] = [];
		let answers = false;
		// A mail server that takes the whole mail, and says so only later.
		const server = createServer((socket) => {
			let data: string | null = null;
			socket.on('error', () => undefined);
			socket.write('220 test\r\n');
			socket.on('data', (chunk) => {
				const text = chunk.toString();
				if (data !== null) {
					data += text;
					if (!data.endsWith('\r\n.\r\n')) return;
					received.push(data);
					data = null;
					if (answers) socket.write('250 ok\r\n');
				} else if (text.startsWith('DATA')) {
					data = '';
					socket.write('354 go on\r\n');
				} else if (text.startsWith('QUIT')) socket.end('221 bye\r\n');
				else socket.write('250 ok\r\n');
			});
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const SMTP_URL = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;

		await tell(reporter, reviewer);
		const first = startQueue({ SMTP_URL });
		await vi.waitFor(() => expect(received).toHaveLength(1), patiently);
		first.kill('SIGKILL');
		await once(first, 'exit');
		expect(await waiting()).toBe('2');

		answers = true;
		const second = startQueue({ SMTP_URL });
		await vi.waitFor(async () => expect(await waiting()).toBe('0'), patiently);
		second.kill('SIGTERM');
		expect((await once(second, 'exit'))[0]).toBe(0);
		server.close();

		const ids = received.map((mail) => /^Message-ID: (.*)$/im.exec(mail)?.[1]);
		expect(ids).toHaveLength(3);
		expect(new Set(ids).size).toBe(2);
		expect(ids[0]).toBe(ids[1]);
	}, 120_000);

	test('without a mail server each mail becomes one file, also when the queue was killed before', async () => {
		const outbox = await mkdtemp(join(tmpdir(), 'xiezhi-outbox-'));
		await tell(reporter);
		await jobs.query('select private.gather_mails()');
		// As if killed after the file was written and before that was noted.
		const queue = startQueue({ OUTBOX: outbox });
		await vi.waitFor(async () => expect(await waiting()).toBe('0'), patiently);
		queue.kill('SIGKILL');
		await once(queue, 'exit');
		const [name] = await readdir(outbox);
		const written = await readFile(join(outbox, name ?? ''), 'utf8');
		await owner.query('update private.mails set sent_at = null where id = $1', [
			name?.replace('.eml', '')
		]);

		const again = startQueue({ OUTBOX: outbox });
		await vi.waitFor(async () => expect(await waiting()).toBe('0'), patiently);
		again.kill('SIGTERM');
		await once(again, 'exit');
		expect(await readdir(outbox)).toEqual([name]);
		expect(await readFile(join(outbox, name ?? ''), 'utf8')).toBe(written);
		expect(written).toContain(`To: ${await addressOf(reporter)}`);
		expect(written).toMatch(/^Auto-Submitted: auto-generated\r$/m);
		await rm(outbox, { recursive: true });
	}, 120_000);
});
