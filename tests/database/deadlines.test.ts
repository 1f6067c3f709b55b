import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from 'pg';
import {
	does,
	file,
	member,
	one,
	openStage,
	organisation,
	registry,
	type Actor,
	type Stage
} from './council.ts';

let stage: Stage;
let owner: Client;
let council: string;
let platform: string;
let reporter: Actor;
let administrator: Actor;
let reviewer: Actor;
let secretariat: Actor;

/** Months that ended before today, newest first: each test owes one of its own. */
const months = Array.from({ length: 12 }, (_, back) => {
	const day = new Date();
	day.setUTCDate(1);
	day.setUTCMonth(day.getUTCMonth() - 1 - back);
	return day.toISOString().slice(0, 7);
}).values();

beforeAll(async () => {
	stage = await openStage('deadlines');
	owner = stage.owner;
	await registry(owner);
	const convener = await organisation(owner, 'government', '秘书处', '31');
	const bureau = await organisation(owner, 'government', '人社局', '31');
	platform = await organisation(owner, 'platform', '平台', '31');
	council = await one(
		owner,
		`insert into public.councils (name_zh, name_en, region_code, convener_id) values ('甲', 'A', '31', $1) returning id`,
		[convener]
	);
	for (const seat of [convener, bureau, platform])
		await owner.query(
			`insert into public.council_seats (council_id, organisation_id, standing, since) values ($1, $2, 'voting', '2026-01-01')`,
			[council, seat]
		);
	secretariat = await member(owner, convener, 'admin');
	reviewer = await member(owner, bureau, 'reviewer');
	reporter = await member(owner, platform, 'reporter');
	administrator = await member(owner, platform, 'admin');
}, 180_000);

afterAll(() => stage?.close());

/** An obligation of the platform in a month that no other test uses. */
async function owing(): Promise<string> {
	const month = months.next().value;
	await does(owner, secretariat, `public.open_obligations($1, 'test_monthly', $2)`, [
		council,
		month
	]);
	return one(
		owner,
		'select id from public.obligations where organisation_id = $1 and period = $2',
		[platform, month]
	);
}

const state = (obligation: string) =>
	one(owner, 'select state from public.obligation_states where id = $1', [obligation]);
const due = (obligation: string) =>
	one(owner, 'select due_on::text from public.obligations where id = $1', [obligation]);
const day = (expression: string) => one(owner, `select (${expression})::date::text`);
const ask = (
	by: Actor,
	obligation: string,
	wished: string,
	reason = '系统迁移，数据核对需要时间'
) => does(owner, by, 'public.request_extension($1, $2, $3)', [obligation, wished, reason]);
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

test('two who decide at once: one decision stands', async () => {
	const obligation = await owing();
	const request = await ask(reporter, obligation, await day('private.today() + 10'));
	const { apiUrl, publishableKey } = stage.backend;
	const { tokenOf } = await import('./council.ts');
	const decide = async (who: Actor, name: string, body: object) =>
		fetch(`${apiUrl}/rest/v1/rpc/${name}`, {
			method: 'POST',
			headers: {
				apikey: publishableKey,
				authorization: `Bearer ${await tokenOf(stage.backend, who)}`,
				'content-type': 'application/json'
			},
			body: JSON.stringify({ request, ...body })
		});
	const answers = await Promise.all([
		decide(reviewer, 'approve_extension', { due: await day('private.today() + 10') }),
		decide(secretariat, 'decline_extension', { reason: '数据已经齐全，请尽快报送' })
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
	await excuse(secretariat, '平台已停止营业');
	expect(await state(obligation)).toBe('excused');
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

	await file(owner, reporter, obligation, labour);
	await expect(excuse(secretariat, '平台已停止营业')).rejects.toThrow('obligation_already_filed');
});
