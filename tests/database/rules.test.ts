import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from 'pg';
import { openDb, type Db } from '#lib/server/db.ts';
import * as rules from '#lib/server/rules.ts';
import * as datasets from '#lib/server/datasets.ts';
import * as filing from '#lib/server/filing.ts';
import * as submissions from '#lib/server/submissions.ts';
import { asOf } from '#lib/datasets/dataset.ts';
import {
	as,
	does,
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

// Rules as data: what makes one valid, what a filing is compared with and whose figures that shows, and how rules and
// data requirements change.

let stage: Stage;
let owner: Client;
let council: string;
const people: Record<string, Actor> = {};
const platforms = ['ours', 'second', 'third', 'fourth', 'fifth', 'sixth'];

beforeAll(async () => {
	stage = await openStage('rules');
	owner = stage.owner;
	await registry(owner);
	const city = await organisation(owner, 'government', 'city', '31');
	people.secretariat = await member(owner, city, 'admin');
	people.reviewer = await member(owner, city, 'reviewer');
	council = await one(
		owner,
		`insert into public.councils (name_zh, name_en, region_code, convener_id, lock_after_days) values ('甲', 'A', '31', $1, null) returning id`,
		[city]
	);
	const seated = [city];
	for (const name of platforms) {
		const id = await organisation(owner, 'platform', name, '31');
		people[name] = await member(owner, id, 'reporter');
		seated.push(id);
	}
	await owner.query(
		`insert into public.council_seats (council_id, organisation_id, standing, since) select $1, unnest($2::uuid[]), 'voting', '2020-01-01'`,
		[council, seated]
	);
}, 180_000);

afterAll(() => stage?.close());

const actor = (name: string) => people[name] as Actor;

async function dbOf(name: string): Promise<Db> {
	const { apiUrl, publishableKey } = stage.backend;
	return openDb({ url: apiUrl, publishableKey }, await tokenOf(stage.backend, actor(name)));
}

async function owed(name: string, period: string): Promise<string> {
	await does(owner, actor('secretariat'), `public.open_obligations($1, 'test_monthly', $2)`, [
		council,
		period
	]);
	return one(
		owner,
		'select id from public.obligations where organisation_id = $1 and period = $2',
		[actor(name).organisation, period]
	);
}

/** Files workers and signed contracts of a month, in one district, and has them accepted. */
async function accepted(name: string, period: string, workers: number, signed: number | null) {
	const submission = await file(owner, actor(name), await owed(name, period), [
		['test_workers', '310105', workers],
		['test_signed', '310105', signed]
	]);
	await does(owner, actor('reviewer'), 'public.accept_submission($1)', [submission]);
}

/** What the database says to a rule, which is then undone. */
async function ruled(kind: string, params: unknown): Promise<string> {
	await owner.query('begin');
	try {
		await owner.query(
			`insert into public.dataset_rules (dataset_code, code, kind, severity, params) values ('test_monthly', 'tried', $1, 'warning', $2)`,
			[kind, JSON.stringify(params)]
		);
		return 'done';
	} catch (error) {
		return (error as Error).message;
	} finally {
		await owner.query('rollback');
	}
}

const workers = 'test_workers';
const signed = 'test_signed';

describe('a rule', () => {
	test.each([
		['part_le_whole', { part: signed, whole: workers }],
		['parts_eq_total', { parts: [signed], total: workers }],
		['range', { measure: workers, max: 5 }],
		['range', { measure: signed, denominator: workers, min: 0.1, max: 1 }],
		['jump', { measure: workers, percent: 50, least: 20 }],
		['z_score', { measure: workers, z: 3 }],
		['peer_outlier', { measure: signed, denominator: workers, k: 1.5 }],
		['cross_file', { measure: workers, other: workers, of: 'previous', percent: 5 }]
	])('of kind %s is taken with %o', async (kind, params) => {
		expect(await ruled(kind, params)).toBe('done');
	});

	test.each([
		['part_le_whole', { part: signed }],
		['part_le_whole', { part: signed, whole: signed }],
		['parts_eq_total', { parts: [], total: workers }],
		['parts_eq_total', { parts: [workers], total: workers }],
		['parts_eq_total', { parts: [1], total: workers }],
		['range', { measure: workers }],
		['range', { measure: workers, min: 5, max: 1 }],
		['range', { measure: workers, minimum: 5 }],
		['range', { measure: workers, max: 1e16 }],
		['jump', { measure: workers, percent: 0 }],
		['jump', { measure: workers, percent: '50' }],
		['z_score', { measure: workers, z: 0.5 }],
		['peer_outlier', { measure: workers, denominator: workers, k: 2 }],
		['cross_file', { measure: workers, other: workers, of: 'same', percent: 5 }],
		['cross_file', { measure: workers, other: signed, of: 'next', percent: 5 }],
		['jump', []],
		['jump', 'text']
	])('of kind %s is not taken with %o', async (kind, params) => {
		expect(await ruled(kind, params)).toBe('rule_not_valid');
	});

	test('names only measures that its dataset asks for, and others of the same kind of organisation', async () => {
		expect(await ruled('jump', { measure: 'test_visits', percent: 5 })).toBe(
			'rule_names_unknown_measure'
		);
		expect(await ruled('parts_eq_total', { parts: [signed, 'nothing'], total: workers })).toBe(
			'rule_names_unknown_measure'
		);
		const other = (code: string) => ({ measure: workers, other: code, of: 'same', percent: 5 });
		expect(await ruled('cross_file', other('test_visits'))).toBe('rule_names_unknown_measure');
		expect(await ruled('cross_file', other('active_workers'))).toBe('done');
	});

	test('that compares totals needs measures that add up', async () => {
		await owner.query(
			`insert into public.dataset_measures (dataset_code, measure_code, position, required) values ('test_monthly', 'test_median', 9, false)`
		);
		expect(await ruled('z_score', { measure: 'test_median', z: 3 })).toBe('rule_needs_sums');
		expect(await ruled('jump', { measure: 'test_median', percent: 5 })).toBe('done');
		await owner.query(`delete from public.dataset_measures where measure_code = 'test_median'`);
	});
});

describe('what a filing is compared with', () => {
	test('is the newest accepted filing before it and the totals of its own organisation', async () => {
		await accepted('ours', '2022-01', 100, 40);
		await accepted('ours', '2022-02', 110, null);
		await accepted('second', '2022-02', 999, 400);
		await file(owner, actor('ours'), await owed('ours', '2022-03'), [
			['test_workers', '310105', 5000],
			['test_signed', '310105', 3]
		]);
		const obligation = await owed('ours', '2022-04');
		const history = (name: string, cells: string[] | null = [workers, signed]) =>
			as(owner, actor(name), async (client) => {
				const { rows } = await client.query<{ history: unknown }>(
					'select public.filing_history($1, $2, $3) as history',
					[obligation, cells, [workers, signed]]
				);
				return rows[0]?.history;
			});
		const sum = (measure: string, period: string, value: number) =>
			expect.objectContaining({ measure, period, value }) as unknown;
		const expected = {
			cells: { keys: ['test_workers|310105||'], values: [110] },
			sums: [sum(signed, '2022-01', 40), sum(workers, '2022-02', 110), sum(workers, '2022-01', 100)]
		};
		expect(await history('ours')).toEqual(expected);
		expect(await history('ours', null)).toEqual(expected);
		expect(await history('ours', [])).toMatchObject({ cells: { keys: [] } });
		expect(await history('reviewer')).toEqual(expected);
		expect(await history('second')).toBeNull();
	});

	test('holds at most thirteen periods, and never later ones', async () => {
		for (let month = 1; month <= 12; month++)
			await accepted('third', `2021-${String(month).padStart(2, '0')}`, month, month);
		for (let month = 1; month <= 4; month++)
			await accepted('third', `2022-0${month}`, 100 + month, 1);
		const obligation = await one(
			owner,
			`select id from public.obligations where organisation_id = $1 and period = '2022-03'`,
			[actor('third').organisation]
		);
		const { sums } = await one<{ sums: { period: string }[] }>(
			owner,
			'select public.filing_history($1, $2, $3)',
			[obligation, [], [workers]]
		);
		expect(sums.map(({ period }) => period)).toEqual([
			'2022-03',
			'2022-02',
			'2022-01',
			'2021-12',
			'2021-11',
			'2021-10',
			'2021-09',
			'2021-08',
			'2021-07',
			'2021-06',
			'2021-05',
			'2021-04',
			'2021-03'
		]);
	});
});

describe('the figures of another file', () => {
	test('count as soon as they are filed, and as they were filed last', async () => {
		await owner.query(`
			insert into public.datasets (code, kind, name_zh, name_en, description_zh, description_en, frequency, due_working_days, review_stages, region_level)
			values ('test_outreach', 'platform', '测试走访月报', 'test outreach', '', '', 'month', 10, 1, 'county');
			insert into public.dataset_measures (dataset_code, measure_code, position, required, value_type)
			values ('test_outreach', 'test_visits', 1, true, 'count')`);
		const monthly = await owed('ours', '2022-05');
		await does(
			owner,
			actor('secretariat'),
			`public.open_obligations($1, 'test_outreach', '2022-05')`,
			[council]
		);
		const outreach = await one<string>(
			owner,
			`select id from public.obligations where organisation_id = $1 and dataset_code = 'test_outreach'`,
			[actor('ours').organisation]
		);
		const visits = (value: number | null) =>
			file(owner, actor('ours'), outreach, [
				['test_visits', '310105', value],
				['test_visits', '310101', 2]
			]);
		const compared = (name = 'ours') =>
			does<{ sums: unknown[] } | null>(
				owner,
				actor(name),
				`public.filing_history($1, '{}', '{test_visits}')`,
				[monthly]
			);
		const sum = (value: number, waiting: boolean) => ({
			sums: [expect.objectContaining({ period: '2022-05', value, waiting }) as unknown]
		});

		await visits(null);
		expect(await compared()).toMatchObject({ sums: [] });
		const submission = await visits(40);
		expect(await compared()).toMatchObject(sum(42, true));
		expect(await compared('second')).toBeNull();
		await does(owner, actor('reviewer'), 'public.accept_submission($1)', [submission]);
		expect(await compared()).toMatchObject(sum(42, false));
	});
});

describe('the usual range among peers', () => {
	const fences = (name: string, obligation: string) =>
		as(owner, actor(name), async (client) => {
			const { rows } = await client.query<{ lower: string; upper: string }>(
				'select lower, upper from public.peer_fences($1)',
				[obligation]
			);
			return rows.map(({ lower, upper }) => [Number(lower), Number(upper)]);
		});
	let obligation: string;

	beforeAll(async () => {
		await owner.query(
			`insert into public.dataset_rules (dataset_code, code, kind, severity, params)
			 values ('test_monthly', 'among_peers', 'peer_outlier', 'warning', '{"measure": "test_signed", "denominator": "test_workers", "k": 1}')`
		);
		obligation = await owed('ours', '2023-02');
		await accepted('ours', '2023-01', 100, 99);
		await accepted('second', '2023-01', 100, 20);
		await accepted('third', '2023-01', 100, 30);
		await accepted('fourth', '2023-02', 1000, 400);
		await accepted('fifth', '2023-02', 100, 52);
	}, 60_000);

	test('is not told while fewer than five peers have figures', async () => {
		expect(await fences('ours', obligation)).toEqual([]);
		await accepted('sixth', '2023-02', 9, 9);
		expect(await fences('ours', obligation)).toEqual([]);
	});

	test('is one interquartile range beyond the quartiles of five, each with its newest of two periods', async () => {
		await accepted('sixth', '2023-02', 100, 60);
		await accepted('third', '2023-02', 100, 35);
		// 0.2, 0.35, 0.4, 0.52, 0.6: the means of three at the cuts are 0.32 and 0.51.
		expect(await fences('ours', obligation)).toEqual([[0.13, 0.7]]);
	});

	test('is for the organisation and its regulator only', async () => {
		expect(await fences('reviewer', obligation)).toEqual([[0.13, 0.7]]);
		expect(await fences('second', obligation)).toEqual([]);
	});

	test('is not told of older figures, nor of a measure of a restricted indicator', async () => {
		expect(await fences('ours', await owed('ours', '2023-04'))).toEqual([]);
		await owner.query(`update public.indicators set tier = 'restricted' where code = 'TEST1'`);
		expect(await fences('ours', obligation)).toEqual([]);
		await owner.query(`update public.indicators set tier = 'public' where code = 'TEST1'`);
	});

	test('reaches the check of a file through the app', async () => {
		const db = await dbOf('ours');
		const due = await submissions.obligation(db, obligation);
		const of = await datasets.dataset(db, 'test_monthly');
		expect(await filing.context(db, due, of)).toMatchObject({
			fences: [{ measure: signed, denominator: workers, k: 1, lower: 0.13, upper: 0.7 }]
		});
	});
});

describe('the secretariat', () => {
	const save = (by: string, rule: Record<string, unknown>, code: string | null = null) =>
		does<string>(owner, actor(by), `public.save_rule($1, 'test_monthly', $2, $3, $4, $5, $6, $7)`, [
			council,
			rule.kind ?? 'jump',
			rule.severity ?? 'warning',
			JSON.stringify(rule.params ?? { measure: workers, percent: 50 }),
			rule.message_zh ?? '',
			rule.message_en ?? '',
			code
		]);
	const rulesNow = () =>
		one<{ code: string; version: number; percent: number }[]>(
			owner,
			`select jsonb_agg(jsonb_build_object('code', code, 'version', version, 'percent', params -> 'percent') order by code)
			 from public.dataset_rules where dataset_code = 'test_monthly' and kind = 'jump' and until is null`
		);
	const ruleSet = () =>
		one<number>(owner, `select rules_version from public.datasets where code = 'test_monthly'`);

	test('saves a rule, changes it and retires it, and every version stays', async () => {
		const before = await ruleSet();
		const code = await save('secretariat', {});
		const filed = await file(owner, actor('ours'), await owed('ours', '2024-01'), [
			[workers, '310105', 10],
			[signed, '310105', 3]
		]);
		expect(await save('secretariat', { params: { measure: workers, percent: 80 } }, code)).toBe(
			code
		);
		expect(await rulesNow()).toEqual([{ code, version: 2, percent: 80 }]);
		expect(await ruleSet()).toBe(before + 2);

		// The filing still tells by which rules it was checked.
		const { rows } = await owner.query(
			`select r.version, r.params ->> 'percent' as percent from public.submissions s
			 join public.dataset_rules r on r.dataset_code = s.dataset_code and r.since <= s.rules_version
				and (r.until is null or r.until > s.rules_version)
			 where s.id = $1 and r.code = $2`,
			[filed, code]
		);
		expect(rows).toEqual([{ version: 1, percent: '50' }]);

		await does(owner, actor('secretariat'), `public.retire_rule($1, 'test_monthly', $2)`, [
			council,
			code
		]);
		expect(await rulesNow()).toBeNull();
		const recorded = await one(
			owner,
			`select array_agg(verb || ' ' || (details ->> 'rule') order by at) from public.audit_events where subject_id = 'test_monthly' and details ->> 'rule' = $1`,
			[code]
		);
		expect(recorded).toEqual([`save_rule ${code}`, `save_rule ${code}`, `retire_rule ${code}`]);
		await expect(save('secretariat', {}, code)).rejects.toThrow('rule_not_found');
	});

	test('cannot save what is no rule', async () => {
		const before = await ruleSet();
		const params = { measure: workers, percent: 50 };
		await expect(save('secretariat', { kind: 'guess' })).rejects.toThrow('rule_not_valid');
		await expect(save('secretariat', { severity: 'error' })).rejects.toThrow('rule_not_valid');
		await expect(save('secretariat', { params: { ...params, percent: -1 } })).rejects.toThrow(
			'rule_not_valid'
		);
		await expect(save('secretariat', { params: { ...params, measure: 'x' } })).rejects.toThrow(
			'rule_names_unknown_measure'
		);
		await expect(save('secretariat', { message_zh: '只有中文' })).rejects.toThrow('rule_not_valid');
		await expect(
			save('secretariat', { message_zh: '字'.repeat(301), message_en: 'x' })
		).rejects.toThrow('rule_not_valid');
		expect(await ruleSet()).toBe(before);
	});

	test('alone decides, and not about what another council files', async () => {
		await expect(save('ours', {})).rejects.toThrow('only_the_secretariat');
		await expect(save('reviewer', {})).rejects.toThrow('only_the_secretariat');
		const elsewhere = await organisation(owner, 'government', 'elsewhere', '33');
		people.elsewhere = await member(owner, elsewhere, 'admin');
		const other = await one(
			owner,
			`insert into public.councils (name_zh, name_en, region_code, convener_id) values ('乙', 'B', '33', $1) returning id`,
			[elsewhere]
		);
		await owner.query(
			`insert into public.council_seats (council_id, organisation_id, standing) values ($1, $2, 'voting')`,
			[other, elsewhere]
		);
		await expect(
			does(owner, actor('elsewhere'), `public.retire_rule($1, 'test_monthly', 'among_peers')`, [
				other
			])
		).rejects.toThrow('dataset_of_another_council');
	});

	test('sees before saving how often a rule would have been told, by really running it', async () => {
		for (const [month, value] of [
			['01', 100],
			['02', 100],
			['03', 300],
			['04', 310]
		] as const)
			await accepted('second', `2025-${month}`, value, 10);
		await accepted('third', '2024-12', 100, 10);
		await accepted('third', '2025-01', 20, 10);
		await file(owner, actor('fourth'), await owed('fourth', '2025-01'), [
			[workers, '310105', 9],
			[signed, '310105', 9]
		]);
		const db = await dbOf('secretariat');
		const of = await datasets.dataset(db, 'test_monthly');
		const rule = {
			code: 'new',
			kind: 'jump',
			severity: 'warning',
			params: { measure: workers, percent: 50 }
		} as const;
		const seen = await rules.preview(db, council, of, rule, '2025');
		expect(
			seen.firings.map(({ period, params }) => [period, params['before'], params['change']])
		).toEqual([
			['2025-03', 100, 200],
			['2025-01', 100, -80]
		]);
		expect(seen).toMatchObject({ organisations: 2, year: '2025' });
		expect(seen.total).toBe(seen.read);

		const part = {
			code: 'new',
			kind: 'part_le_whole',
			severity: 'error',
			params: { part: workers, whole: signed }
		} as const;
		expect((await rules.preview(db, council, of, part, '2025')).firings).toHaveLength(5);

		// Whoever may see less, sees less of it.
		const rival = await rules.preview(await dbOf('second'), council, of, rule, '2025');
		expect(rival).toMatchObject({ organisations: 1, firings: [{ period: '2025-03' }] });
	});

	test('sees of a rule about peers what the clerks would have been told', async () => {
		await accepted('ours', '2023-02', 100, 90);
		const db = await dbOf('secretariat');
		const of = await datasets.dataset(db, 'test_monthly');
		const rule = {
			code: 'new',
			kind: 'peer_outlier',
			severity: 'warning',
			params: { measure: signed, denominator: workers, k: 1 }
		} as const;
		const { firings } = await rules.preview(db, council, of, rule, '2023');
		const { rows: told } = await owner.query<{ at: string }>(
			`select s.organisation_id || ' ' || s.period as at
			 from public.submissions s
			 join public.totals a on a.submission_id = s.id and a.region_code = '31' and a.measure_code = 'test_signed'
			 join public.totals b on b.submission_id = s.id and b.region_code = '31' and b.measure_code = 'test_workers'
			 where s.period like '2023-%' and exists (
				select 1 from public.obligations o cross join lateral (
					select set_config('request.jwt.claims', jsonb_build_object('sub', $1::text, 'role', 'authenticated', 'org', $2::text)::text, false)
				) me cross join lateral public.peer_fences(o.id) f
				where o.id = s.obligation_id and not a.value / b.value between f.lower and f.upper
			 )`,
			[actor('reviewer').person, actor('reviewer').organisation]
		);
		expect(firings.map(({ organisation: id, period }) => `${id} ${period}`).toSorted()).toEqual(
			told.map(({ at }) => at).toSorted()
		);
		expect(firings.length).toBeGreaterThan(0);
	});
});

describe('a new measure', () => {
	const announce = (measure: string, from: string, by = 'secretariat', more = '') =>
		does<number>(owner, actor(by), `public.announce_measure($1, 'test_monthly', $2, $3${more})`, [
			council,
			measure,
			from
		]);
	/** The month that begins after so many days, as a period. */
	const monthIn = (days: number) =>
		one(
			owner,
			`select to_char(date_trunc('month', private.today() + $1::integer) + interval '1 month', 'YYYY-MM')`,
			[days]
		);

	beforeAll(() =>
		owner.query(`
			insert into public.measures (code, name_zh, name_en, unit, additive, counts_persons, description_zh, description_en)
			values ('test_new', '新指标', 'new measure', 'test_unit', true, false, '', ''),
				('test_next', '又一指标', 'another measure', 'test_unit', true, false, '', '')`)
	);

	test('is announced in time, by the secretariat, once, for a period of its dataset', async () => {
		const soon = await one(owner, `select to_char(private.today() + 60, 'YYYY-MM')`);
		const later = await monthIn(90);
		await expect(announce('test_new', soon)).rejects.toThrow('notice_too_short');
		await expect(announce('test_new', '2099-Q1')).rejects.toThrow('period_does_not_fit_dataset');
		await expect(announce('test_new', 'soon')).rejects.toThrow('period_does_not_fit_dataset');
		await expect(announce('nothing', later)).rejects.toThrow('measure_not_found');
		await expect(announce('test_visits', later)).rejects.toThrow('measure_asked_for_already');
		await expect(announce('test_new', later, 'ours')).rejects.toThrow('only_the_secretariat');
		await expect(announce('test_new', later, 'secretariat', `, true, 'colour'`)).rejects.toThrow(
			'announcement_not_valid'
		);

		expect(await announce('test_new', later)).toBe(2);
		await expect(announce('test_new', later)).rejects.toThrow('measure_asked_for_already');
		const next = { dataset: 'test_monthly', measure: 'test_next', from_period: await monthIn(400) };
		const more = { required: true, note_zh: '', note_en: '' };
		expect(await rules.announce(await dbOf('secretariat'), council, { ...next, ...more })).toBe(3);
	});

	test('may be filed before it is required, and filings keep the version they were made under', async () => {
		const [from] = await one<string[]>(
			owner,
			`select array_agg(from_period order by version) from public.dataset_versions where dataset_code = 'test_monthly'`
		);
		const versionOf = (submission: string) =>
			one<number>(owner, 'select dataset_version from public.submissions where id = $1', [
				submission
			]);
		const two: [string, string, number][] = [
			[workers, '310105', 5],
			[signed, '310105', 2]
		];
		const without = await file(owner, actor('fifth'), await owed('fifth', '2024-05'), two);
		expect(await versionOf(without)).toBe(1);
		const voluntary = await file(owner, actor('sixth'), await owed('sixth', '2024-05'), [
			...two,
			['test_new', '310105', 1]
		]);
		expect(await versionOf(voluntary)).toBe(1);

		// When the announced period has come.
		const obligation = await owed('fifth', from ?? '');
		await owner.query(`update public.obligations set opens_on = private.today() where id = $1`, [
			obligation
		]);
		await expect(file(owner, actor('fifth'), obligation, two)).rejects.toThrow(
			'required_measure_missing'
		);
		const complete = await file(owner, actor('fifth'), obligation, [
			...two,
			['test_new', '310105', 1]
		]);
		expect(await versionOf(complete)).toBe(2);
	});

	test('is public as soon as it is announced, and asked of a file only from its period on', async () => {
		const db = await dbOf('fifth');
		const all = await datasets.dataset(db, 'test_monthly');
		expect(all.versions.map(({ version }) => version)).toEqual([2, 3]);
		const requiredIn = (period: string) =>
			asOf(all, period).measures.find(({ code }) => code === 'test_new')?.required;
		expect(requiredIn('2024-05')).toBe(false);
		expect(requiredIn(all.versions[0]?.from_period ?? '')).toBe(true);
		expect(asOf(all, all.versions[1]?.from_period ?? '').version).toBe(3);

		const published = (await rules.requirements(db)).find(({ code }) => code === 'test_monthly');
		expect(published).toMatchObject({
			version: 1,
			announced: [
				{ version: 2, measures: [{ code: 'test_new' }] },
				{ version: 3, measures: [{ code: 'test_next' }] }
			]
		});
		const { measures } = await rules.registry(db);
		expect(measures.find(({ code }) => code === 'test_new')?.datasets).toEqual(['test_monthly']);
	});
});
