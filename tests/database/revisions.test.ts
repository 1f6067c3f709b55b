import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from 'pg';
import {
	as,
	convened,
	does,
	entryColumns,
	file,
	member,
	one,
	openStage,
	organisation,
	registry,
	tokenOf,
	type Actor,
	type Stage
} from './council.ts';

// What becomes of an accepted figure: it is locked, a correction has its reason and leaves the old figure readable,
// a decision can be objected to, and nobody learns more of it than they may see anyway.

let stage: Stage;
let owner: Client;
let council: string;
const ids: Record<string, string> = {};
const people: Record<string, Actor> = {};
const the = (name: string) => ids[name] ?? '';
const actor = (name: string) => people[name] as Actor;
const platforms = ['ours', 'rival', 'third', 'fourth'];

beforeAll(async () => {
	stage = await openStage('revisions');
	owner = stage.owner;
	await registry(owner);
	const seats: [string, string, string, string[]][] = [
		['convener', 'government', '31', ['admin', 'delegate']],
		['bureau', 'government', '31', ['reviewer']],
		['district', 'government', '310105', ['reviewer']],
		...platforms.map((name): [string, string, string, string[]] => [
			name,
			'platform',
			'31',
			['reporter']
		]),
		['office', 'community', '310105001', ['reporter']],
		['union', 'union', '31', ['delegate']]
	];
	for (const [name, kind, region, roles] of seats) {
		ids[name] = await organisation(owner, kind, name, region);
		people[name] = await member(owner, the(name), ...roles);
	}
	people.secretariat = actor('convener');
	people.viewer = await member(owner, the('ours'), 'viewer');
	people.stranger = await member(owner, null);
	council = await convened(owner, '31', ...seats.map(([name]) => the(name)));
}, 180_000);

afterAll(() => stage?.close());

/** The month that began so many months ago. */
async function month(ago: number): Promise<string> {
	return one(owner, `select to_char(private.today() - make_interval(months => $1), 'YYYY-MM')`, [
		ago
	]);
}

/** Opens a period and gives the obligation of each organisation. */
async function opened(
	period: string,
	dataset = 'test_monthly'
): Promise<(name: string) => Promise<string>> {
	await does(owner, actor('secretariat'), 'public.open_obligations($1, $2, $3)', [
		council,
		dataset,
		period
	]);
	return (name) =>
		one(
			owner,
			'select id from public.obligations where organisation_id = $1 and period = $2 and dataset_code = $3',
			[the(name), period, dataset]
		);
}

const labour = (workers: number, signed = 100): [string, string, number][] => [
	['test_workers', '310105', workers],
	['test_signed', '310105', signed],
	['test_workers', '310115', 2 * workers],
	['test_signed', '310115', signed]
];

const accept = (submission: string, who = 'bureau') =>
	does(owner, actor(who), 'public.accept_submission($1)', [submission]);
const sendBack = (submission: string, who = 'bureau') =>
	does(owner, actor(who), `public.return_submission($1, '人数似有重复')`, [submission]);
const openRevision = (
	who: string,
	obligation: string,
	reason: string | null = '漏报一个合作企业'
) => does(owner, actor(who), 'public.open_revision($1, $2)', [obligation, reason]);
const reopen = (who: string, submission: string, reason: string | null = '与社保数字不符') =>
	does(owner, actor(who), 'public.reopen_submission($1, $2)', [submission, reason]);
const permit = (who: string, obligation: string, reason: string, days = 10) =>
	does(owner, actor(who), 'public.grant_exception($1, $2, private.today() + $3::integer)', [
		obligation,
		reason,
		days
	]);
const objection = (who: string, submission: string, reason: string | null = '人数没有重复') =>
	does(owner, actor(who), 'public.raise_objection($1, $2)', [submission, reason]);
const decide = (
	who: string,
	id: string,
	outcome: string,
	reason: string | null = '以劳动合同为准'
) => does(owner, actor(who), 'public.decide_objection($1, $2, $3)', [id, outcome, reason]);
const start = (who: string, obligation: string) =>
	does<{ submission: string }>(
		owner,
		actor(who),
		`public.start_submission($1, 'a.csv', encode(sha256(gen_random_uuid()::text::bytea), 'hex'), 10)`,
		[obligation]
	);

const statusOf = (submission: string) =>
	one(owner, 'select status from public.submissions where id = $1', [submission]);
const totalOf = (name: string, period: string, measure = 'test_workers') =>
	one<number>(
		owner,
		`select value::float8 from public.totals where organisation_id = $1 and period = $2 and measure_code = $3 and region_code = '31' and occupation = ''`,
		[the(name), period, measure]
	);
const ask = <Row extends object>(who: string, sql: string, values: unknown[]) =>
	as(owner, actor(who), async (client) => (await client.query<Row>(sql, values)).rows);

/** Files and accepts for every platform; gives the submissions by name. */
async function acceptedBy(of: (name: string) => Promise<string>, names = platforms) {
	const filed: Record<string, string> = {};
	for (const [at, name] of names.entries()) {
		filed[name] = await file(owner, actor(name), await of(name), labour(1000 + 100 * at));
		await accept(filed[name]);
	}
	return filed as Record<string, string> & { ours: string };
}

describe('what was accepted', () => {
	test('is changed by nobody on any path but the verbs, not even by the owner of the database', async () => {
		const of = await opened(await month(2));
		const { ours } = await acceptedBy(of);
		const before = await one(owner, 'select values_sha256 from public.submissions where id = $1', [
			ours
		]);
		const statements = [
			`update public.entries set value = value + 1 where submission_id = '${ours}'`,
			`delete from public.entries where submission_id = '${ours}'`,
			`insert into public.entries (submission_id, position, measure_code, region_code, value) values ('${ours}', 99, 'test_workers', '310104', 5)`,
			`update public.submissions set values_sha256 = repeat('0', 64) where id = '${ours}'`,
			`update public.submissions set status = 'submitted' where id = '${ours}'`,
			`update public.submissions set period = '2020-01' where id = '${ours}'`,
			`delete from public.submissions where id = '${ours}'`
		];
		for (const statement of [...statements, 'truncate public.entries'])
			await expect(owner.query(statement), statement).rejects.toThrow('record_is_kept');
		const roles = ['ours', 'viewer', 'bureau', 'secretariat', 'rival', 'union', 'stranger'];
		for (const who of roles) {
			for (const statement of [
				...statements,
				`update public.totals set value = 0 where submission_id = '${ours}'`,
				`delete from public.totals where submission_id = '${ours}'`
			])
				await expect(
					as(owner, actor(who), (client) => client.query(statement)),
					`${who}: ${statement}`
				).rejects.toMatchObject({ code: '42501' });
			for (const [path, body] of [
				[`entries?submission_id=eq.${ours}`, { value: 1 }],
				[`submissions?id=eq.${ours}`, { status: 'draft' }],
				[`totals?submission_id=eq.${ours}`, { value: 1 }]
			] as const)
				for (const method of ['PATCH', 'DELETE'])
					expect([401, 403], `${who} ${method} ${path}`).toContain(
						(await http(who, path, method, body)).status
					);
		}
		for (const [call, refusal] of [
			[`public.add_entries('${ours}', '{}')`, 'submission_not_open_for_entries'],
			[`public.note_corrections('${ours}', '[]')`, 'submission_not_open_for_entries']
		] as const)
			await expect(does(owner, actor('ours'), call), call).rejects.toThrow(refusal);
		for (const who of ['bureau', 'secretariat', 'rival'])
			await expect(sendBack(ours, who), who).rejects.toThrow(
				/submission_not_open_for_review|submission_not_found/
			);
		// Sending it off again files nothing.
		expect(
			await does(owner, actor('ours'), 'public.submit_submission($1, 4)', [ours])
		).toMatchObject({ repeated: true, values_sha256: before });
		await expect(start('ours', await of('ours'))).rejects.toThrow('revision_not_opened');
		expect(
			await one(
				owner,
				`select encode(sha256(convert_to(string_agg(
					concat_ws('|', e.measure_code, e.region_code, e.occupation, e.employment_mode, coalesce(e.value::text, e.missing_reason)), E'\n' order by e.position
				), 'UTF8')), 'hex') from public.entries e where e.submission_id = $1`,
				[ours]
			)
		).toBe(before);
	});

	test('takes no file that was begun before the acceptance', async () => {
		const of = await opened(await month(4));
		const waiting = await file(owner, actor('ours'), await of('ours'), labour(10, 1));
		const { submission } = await start('ours', await of('ours'));
		await does(owner, actor('ours'), 'public.add_entries($1, $2)', [
			submission,
			entryColumns([
				{ measure: 'test_workers', region: '310105', value: 7 },
				{ measure: 'test_signed', region: '310105', value: 1 }
			])
		]);
		await accept(waiting);
		await expect(
			does(owner, actor('ours'), 'public.submit_submission($1, 2)', [submission])
		).rejects.toThrow('revision_not_opened');
		expect(await statusOf(submission)).toBe('draft');
		expect(await statusOf(waiting)).toBe('accepted');
	});
});

describe('a correction', () => {
	test('needs a reason that says something, from a reporter of the organisation', async () => {
		const of = await opened(await month(3));
		const obligation = await of('ours');
		await expect(openRevision('ours', obligation)).rejects.toThrow('submission_not_accepted');
		const submission = await file(owner, actor('ours'), obligation, labour(1000));
		await expect(openRevision('ours', obligation)).rejects.toThrow('submission_not_accepted');
		await accept(submission);
		for (const reason of [null, '', '    ', '漏报', '　　　　　　'])
			await expect(openRevision('ours', obligation, reason)).rejects.toThrow(
				'revision_needs_a_reason'
			);
		for (const who of ['viewer', 'rival', 'bureau', 'secretariat', 'stranger'])
			await expect(openRevision(who, obligation), who).rejects.toThrow('obligation_not_found');
		await openRevision('ours', obligation);
		await expect(openRevision('ours', obligation)).rejects.toThrow('revision_already_open');
		await start('ours', obligation);
	});

	test('goes through review again, and old and new figures stand side by side with who, when and why', async () => {
		const period = await month(5);
		const of = await opened(period);
		await does(owner, actor('secretariat'), 'public.set_lock($1, null)', [council]);
		const { ours } = await acceptedBy(of);
		const obligation = await of('ours');
		await openRevision('ours', obligation, '漏报浦东一个站点');
		const corrected = await file(owner, actor('ours'), obligation, labour(1000, 130));
		expect([await statusOf(ours), await totalOf('ours', period, 'test_signed')]).toEqual([
			'accepted',
			200
		]);
		await accept(corrected);
		expect([await statusOf(ours), await statusOf(corrected)]).toEqual(['superseded', 'accepted']);
		expect(await totalOf('ours', period, 'test_signed')).toBe(260);

		type Revision = {
			id: string;
			number: number;
			reason: string;
			opened_by_name: string;
			accepted_by_en: string;
			revised_at: Date;
			effects: Record<string, unknown>[];
		};
		const seen = (who: string) =>
			ask<Revision>(who, 'select * from public.obligation_revisions($1)', [obligation]);
		const [revision] = await seen('ours');
		expect(revision).toMatchObject({
			number: 1,
			reason: '漏报浦东一个站点',
			opened_by_name: '林岳',
			accepted_by_en: 'bureau'
		});
		expect(revision?.revised_at).toBeInstanceOf(Date);
		const changes = (who: string) =>
			ask(
				who,
				'select measure_code, region_code, old_value::float8, new_value::float8 from public.revision_changes($1)',
				[revision?.id]
			);
		const changed = ['310105', '310115'].map((region_code) => ({
			measure_code: 'test_signed',
			region_code,
			old_value: 100,
			new_value: 130
		}));
		expect(await changes('ours')).toEqual(changed);
		expect(await changes('bureau')).toEqual(changed);

		// The effect on every aggregate: exact totals for the council's regulator only.
		const whole = (effects: Revision['effects'] = []) =>
			effects
				.filter((one) => one.region === '31')
				.map(({ code, own_before, own_after, total_before, total_after }) => ({
					code,
					own_before,
					own_after,
					total_before,
					total_after
				}));
		expect(whole(revision?.effects)).toEqual([
			{
				code: 'test_signed',
				own_before: 200,
				own_after: 260,
				total_before: null,
				total_after: null
			},
			{
				code: 'TEST1',
				own_before: 6.6667,
				own_after: 8.6667,
				total_before: null,
				total_after: null
			}
		]);
		expect(whole((await seen('bureau'))[0]?.effects)).toEqual([
			{ code: 'test_signed', own_before: 200, own_after: 260, total_before: 800, total_after: 860 },
			{
				code: 'TEST1',
				own_before: 6.6667,
				own_after: 8.6667,
				total_before: 5.7971,
				total_after: 6.2319
			}
		]);
		expect((await seen('bureau'))[0]?.effects.map(({ region }) => region)).toEqual([
			'31',
			'31',
			'310105',
			'310115',
			'310105',
			'310115'
		]);

		// Everybody else learns the day, and nothing of whom or how much.
		for (const who of ['rival', 'union', 'office', 'district', 'stranger']) {
			expect(await seen(who), who).toEqual([]);
			expect(await changes(who), who).toEqual([]);
		}
		const marks = (who: string) =>
			ask<Record<string, unknown>>(
				who,
				'select * from public.indicator_revisions($1, $2) where period = $3',
				[council, 'TEST1', period]
			);
		for (const who of ['rival', 'union', 'office', 'district']) {
			const [mark, ...more] = await marks(who);
			expect(more, who).toEqual([]);
			expect(
				Object.entries(mark ?? {})
					.filter(([, value]) => value !== null)
					.map(([key]) => key),
				who
			).toEqual(['period', 'revised_at']);
		}
		expect(await marks('ours')).toMatchObject([
			{ organisation_en: 'ours', submission_id: corrected, own_after: '8.6667', total_after: null }
		]);
		expect(await marks('secretariat')).toMatchObject([
			{
				organisation_en: 'ours',
				reason: '漏报浦东一个站点',
				total_before: '5.7971',
				total_after: '6.2319'
			}
		]);

		// A second correction is the next number, accepted as a whole; the first stays readable.
		const second = await file(owner, actor('ours'), obligation, labour(1000, 140));
		await expect(
			does(
				owner,
				actor('bureau'),
				`public.return_submission($1, '请核对参保人数', '[{"position": 1, "code": "other", "note": "请再核对一次"}]', true)`,
				[second]
			)
		).rejects.toThrow('revision_is_accepted_wholly');
		await accept(second);
		expect((await seen('ours')).map(({ number }) => number)).toEqual([2, 1]);
		expect(await changes('ours')).toEqual(changed);
		await expect(
			owner.query(`delete from public.revision_effects where revision_id = $1`, [revision?.id])
		).rejects.toThrow('record_is_kept');
		await does(owner, actor('secretariat'), 'public.set_lock($1, 90)', [council]);
	});
});

describe('a locked period', () => {
	test('is corrected by an exception only, which is recorded, visible and ends', async () => {
		const of = await opened(await month(14));
		const { ours } = await acceptedBy(of, ['ours', 'rival']);
		const obligation = await of('ours');
		await expect(openRevision('ours', obligation)).rejects.toThrow('period_is_locked');
		await expect(reopen('bureau', ours)).rejects.toThrow('period_is_locked');
		await expect(reopen('secretariat', ours)).rejects.toThrow('period_is_locked');

		for (const who of ['ours', 'bureau', 'rival', 'stranger'])
			await expect(permit(who, obligation, '审计发现漏报'), who).rejects.toThrow(
				'only_the_secretariat'
			);
		await expect(permit('secretariat', obligation, '好')).rejects.toThrow(
			'exception_needs_a_reason'
		);
		for (const days of [-1, 91])
			await expect(permit('secretariat', obligation, '审计发现漏报', days)).rejects.toThrow(
				'exception_ends_within_90_days'
			);
		await permit('secretariat', obligation, '审计发现漏报');
		const seen = (who: string) =>
			ask<{ reason: string }>(
				who,
				'select reason from public.lock_exceptions where obligation_id = $1',
				[obligation]
			);
		for (const who of ['ours', 'bureau', 'secretariat'])
			expect(await seen(who), who).toEqual([{ reason: '审计发现漏报' }]);
		for (const who of ['rival', 'union', 'district']) expect(await seen(who), who).toEqual([]);
		await openRevision('ours', obligation);
		await accept(await file(owner, actor('ours'), obligation, labour(900)));

		// Of the rival's nothing was permitted.
		await expect(openRevision('rival', await of('rival'))).rejects.toThrow('period_is_locked');
		// What was never filed is late, not locked: late figures are kept.
		const late = await file(owner, actor('third'), await of('third'), labour(500));
		expect(
			await one<number>(owner, 'select late_days from public.submissions where id = $1', [late])
		).toBeGreaterThan(90);
		const audit = await ask<{ verb: string }>(
			'ours',
			`select verb from public.audit_events where subject_id = $1::text`,
			[obligation]
		);
		expect(audit).toEqual([{ verb: 'grant_exception' }]);
	});

	test('begins when the secretariat says', async () => {
		for (const who of ['ours', 'bureau', 'stranger'])
			await expect(
				does(owner, actor(who), 'public.set_lock($1, 10)', [council]),
				who
			).rejects.toThrow('only_the_secretariat');
		for (const days of [0, -5, 4000, 99_999])
			await expect(
				does(owner, actor('secretariat'), 'public.set_lock($1, $2)', [council, days])
			).rejects.toThrow('lock_not_valid');
	});
});

describe('an acceptance taken back', () => {
	test('needs a reason and somebody who may, is recorded, and leaves the figures standing until corrected', async () => {
		const period = await month(1);
		const of = await opened(period);
		const { ours } = await acceptedBy(of);
		for (const reason of [null, '', '错了'])
			await expect(reopen('bureau', ours, reason)).rejects.toThrow('revision_needs_a_reason');
		for (const who of ['ours', 'rival', 'district', 'union', 'stranger'])
			await expect(reopen(who, ours), who).rejects.toThrow('submission_not_found');
		expect(await reopen('bureau', ours)).toBe('reopened');
		await expect(reopen('secretariat', ours)).rejects.toThrow('submission_not_accepted');
		expect([await statusOf(ours), await totalOf('ours', period)]).toEqual(['reopened', 3000]);
		expect(
			await ask(
				'ours',
				'select state, accepted_before from public.obligation_states where id = $1',
				[await of('ours')]
			)
		).toEqual([{ state: 'reopened', accepted_before: true }]);
		expect(
			await one(
				owner,
				`select count(*)::int from public.audit_events where verb = 'reopen' and subject_id = $1`,
				[ours]
			)
		).toBe(1);

		const corrected = await file(owner, actor('ours'), await of('ours'), labour(990));
		await accept(corrected);
		expect([await statusOf(ours), await statusOf(corrected)]).toEqual(['superseded', 'accepted']);
		expect(await totalOf('ours', period)).toBe(2970);
		expect(
			await ask(
				'ours',
				'select number, reason, opened_by_en from public.obligation_revisions($1)',
				[await of('ours')]
			)
		).toEqual([{ number: 1, reason: '与社保数字不符', opened_by_en: 'bureau' }]);
	});
});

describe('a decision that is objected to', () => {
	test('keeps both versions until the secretariat decides, with a reason', async () => {
		const period = await month(2);
		const of = await opened(period);
		const submission = await one(
			owner,
			`select id from public.submissions where organisation_id = $1 and period = $2 and status = 'accepted'`,
			[the('fourth'), period]
		);
		await expect(objection('fourth', submission)).rejects.toThrow('nothing_to_object_to');
		await reopen('bureau', submission);
		await expect(objection('fourth', submission, '不对')).rejects.toThrow(
			'objection_needs_a_reason'
		);
		for (const who of ['rival', 'bureau', 'secretariat', 'stranger'])
			await expect(objection(who, submission), who).rejects.toThrow('submission_not_found');
		const id = await objection('fourth', submission);
		await expect(objection('fourth', submission)).rejects.toThrow('objection_already_open');
		expect([await statusOf(submission), await totalOf('fourth', period)]).toEqual([
			'reopened',
			3900
		]);
		const seen = (who: string) =>
			ask(who, 'select reason, outcome from public.objections where id = $1', [id]);
		for (const who of ['fourth', 'bureau', 'secretariat'])
			expect(await seen(who), who).toEqual([{ reason: '人数没有重复', outcome: null }]);
		for (const who of ['ours', 'rival', 'union']) expect(await seen(who), who).toEqual([]);

		for (const who of ['fourth', 'bureau', 'rival'])
			await expect(decide(who, id, 'upheld'), who).rejects.toThrow('only_the_secretariat');
		await expect(decide('secretariat', id, 'upheld', '好')).rejects.toThrow(
			'objection_decision_needs_a_reason'
		);
		await expect(decide('secretariat', id, 'withdrawn')).rejects.toThrow(
			'objection_decision_not_valid'
		);
		expect(await decide('secretariat', id, 'accepted_as_filed')).toBe('accepted');
		await expect(decide('secretariat', id, 'upheld')).rejects.toThrow('objection_already_decided');
		expect(await statusOf(submission)).toBe('accepted');
		// The revision that the reviewer had opened is withdrawn, not forgotten.
		expect(
			await ask(
				'fourth',
				'select number, withdrawn_at is not null as withdrawn from public.obligation_revisions($1)',
				[await of('fourth')]
			)
		).toEqual([{ number: 1, withdrawn: true }]);
		await expect(start('fourth', await of('fourth'))).rejects.toThrow('revision_not_opened');
	});

	test('that was a return passes the stage that returned it, or stays returned', async () => {
		const of = await opened(await month(1), 'test_services');
		const obligation = await of('office');
		const filed = await file(owner, actor('office'), obligation, [
			['test_visits', '310105001', 40]
		]);
		await sendBack(filed, 'district');
		const id = await objection('office', filed);
		// The city still decides: a return set aside is no approval.
		expect(await decide('secretariat', id, 'accepted_as_filed')).toBe('submitted');
		await expect(accept(filed, 'district')).rejects.toThrow('another_organisation_decides_next');
		expect(await accept(filed)).toBe('accepted');

		const next = await (await opened(await month(2), 'test_services'))('office');
		const again = await file(owner, actor('office'), next, [['test_visits', '310105001', 50]]);
		await sendBack(again, 'district');
		const second = await objection('office', again);
		expect(await decide('secretariat', second, 'upheld')).toBe('returned');
		expect(await statusOf(again)).toBe('returned');
	});

	test('ends when the organisation files a corrected version instead', async () => {
		const of = await opened(await month(0).then(() => month(3)), 'test_services');
		const filed = await file(owner, actor('office'), await of('office'), [
			['test_visits', '310105001', 40]
		]);
		await sendBack(filed, 'district');
		const id = await objection('office', filed);
		await file(owner, actor('office'), await of('office'), [['test_visits', '310105001', 44]]);
		expect(await one(owner, 'select outcome from public.objections where id = $1', [id])).toBe(
			'withdrawn'
		);
		await expect(decide('secretariat', id, 'accepted_as_filed')).rejects.toThrow(
			'objection_already_decided'
		);
	});

	test('is decided by nobody who returned or reopened it', async () => {
		people.both = await member(owner, the('convener'), 'admin', 'reviewer');
		const of = await opened(await month(4), 'test_services');
		const filed = await file(owner, actor('office'), await of('office'), [
			['test_visits', '310105001', 40]
		]);
		await accept(filed, 'district');
		await sendBack(filed, 'both');
		const id = await objection('office', filed);
		await expect(decide('both', id, 'upheld')).rejects.toThrow('nobody_decides_their_own_dispute');
		expect(await decide('secretariat', id, 'accepted_as_filed')).toBe('accepted');
	});

	test('is a task of whoever has to decide, from the objection to the decision', async () => {
		people.both = await member(owner, the('convener'), 'admin', 'reviewer');
		const of = await opened(await month(5), 'test_services');
		const filed = await file(owner, actor('office'), await of('office'), [
			['test_visits', '310105001', 40]
		]);
		const tasks = async () => {
			const found: string[][] = [];
			for (const who of [
				'secretariat',
				'both',
				'bureau',
				'district',
				'office',
				'fourth',
				'union'
			]) {
				const waiting = await ask<Record<string, string>>(
					who,
					`select kind, status, organisation_en from public.my_tasks() where subject_id = $1 and kind <> 'review'`,
					[filed]
				);
				found.push(...waiting.map((task) => [who, ...Object.values(task)]));
			}
			return found;
		};
		await accept(filed, 'district');
		await sendBack(filed, 'both');
		expect(await tasks()).toEqual([]);
		const id = await objection('office', filed);
		// Who returned it does not decide, although they are of the secretariat.
		expect(await tasks()).toEqual([['secretariat', 'objection', 'return', 'office']]);
		await decide('secretariat', id, 'upheld');
		expect(await tasks()).toEqual([]);
	});
});

describe('completeness and timeliness', () => {
	test('are counted from cells and decisions, of what a reader may see', async () => {
		await owner.query(`
			insert into public.datasets (code, kind, name_zh, name_en, description_zh, description_en, frequency, due_working_days, review_stages, region_level)
			values ('test_grid', 'social', '测试', 'test', '', '', 'month', 5, 1, 'county');
			insert into public.dataset_measures (dataset_code, measure_code, position) values ('test_grid', 'test_workers', 1), ('test_grid', 'test_signed', 2)`);
		for (const name of ['club', 'other_club']) {
			ids[name] = await organisation(owner, 'social', name, '31');
			people[name] = await member(owner, the(name), 'reporter');
			await owner.query(
				`insert into public.council_seats (council_id, organisation_id, standing, since) values ($1, $2, 'voting', '2020-01-01')`,
				[council, the(name)]
			);
		}
		const due = (id: string, days: number) =>
			owner.query(
				`update public.obligations set due_on = private.today() + $2::integer where id = $1`,
				[id, days]
			);
		const owed = async (ago: number) => (await opened(await month(ago), 'test_grid'))('club');

		const first = await owed(5);
		await due(first, 0);
		await accept(await file(owner, actor('club'), first, labour(100)));
		const second = await owed(4);
		await due(second, 0);
		const cells = labour(100);
		await sendBack(await file(owner, actor('club'), second, cells));
		await due(second, -3);
		// A corrected version after the due date does not make the period late.
		const unknown = cells.map(([measure, region, value], at): [string, string, number | null] => [
			measure,
			region,
			at === 3 ? null : value
		]);
		await accept(await file(owner, actor('club'), second, unknown));
		const third = await owed(3);
		await due(third, -2);
		await file(owner, actor('club'), third, cells.slice(0, 3));
		await owner.query(`update public.obligations set excused_reason = '系统迁移' where id = $1`, [
			await owed(2)
		]);
		await due(await owed(1), -1);

		const grid = await ask<Record<string, unknown>>(
			'club',
			`select state, excused, counted, received, late_days, approved, cells_filled, cells_required from public.filing_grid($1) where dataset_code = 'test_grid' order by period`,
			[council]
		);
		const cell = (
			state: string,
			late_days: number,
			cells_filled: number,
			more: Record<string, boolean> = {}
		) => ({
			state,
			excused: false,
			counted: true,
			received: true,
			approved: false,
			late_days,
			cells_filled,
			cells_required: 4,
			...more
		});
		expect(grid).toEqual([
			cell('accepted', 0, 4, { approved: true }),
			cell('accepted', 0, 3, { approved: true }),
			cell('submitted', 2, 3),
			{
				...cell('excused', 0, 0, { excused: true, counted: false, received: false }),
				late_days: expect.any(Number) as number
			},
			cell('overdue', 1, 0, { received: false })
		]);
		const rates = await ask<Record<string, unknown>>(
			'bureau',
			`select expected, excused, received, on_time, approved, cells_filled::int, cells_required::int, first_decided, first_passed, decisions::int, returns::int
			 from public.filing_rates($1) where dataset_code = 'test_grid' and organisation_id = $2`,
			[council, the('club')]
		);
		expect(rates).toEqual([
			{
				expected: 4,
				excused: 1,
				received: 3,
				on_time: 2,
				approved: 2,
				cells_filled: 10,
				cells_required: 16,
				first_decided: 2,
				first_passed: 1,
				decisions: 3,
				returns: 1
			}
		]);
		// The list of submissions says the same.
		const list = { dataset: 'test_grid', organisation: the('club') };
		expect(
			await ask('bureau', `select public.submissions_page($1) -> 'completeness' as counted`, [list])
		).toEqual([{ counted: { expected: 4, received: 3, accepted: 2, on_time: 2 } }]);
		for (const [who, organisations] of [
			['club', ['club']],
			['other_club', ['other_club']],
			['district', ['office']],
			['union', []],
			['stranger', []]
		] as const)
			expect(
				(
					await ask<{ name: string }>(
						who,
						'select distinct organisation_en as name from public.filing_rates($1)',
						[council]
					)
				).map(({ name }) => name),
				who
			).toEqual(organisations);
	});
});

async function http(who: string, path: string, method: string, body: unknown): Promise<Response> {
	return fetch(`${stage.backend.apiUrl}/rest/v1/${path}`, {
		method,
		headers: {
			apikey: stage.backend.publishableKey,
			authorization: `Bearer ${await tokenOf(stage.backend, actor(who))}`,
			'content-type': 'application/json'
		},
		...(method === 'PATCH' ? { body: JSON.stringify(body) } : {})
	});
}
