import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from 'pg';
import { openDb, type Db } from '#lib/server/db.ts';
import * as submissions from '#lib/server/submissions.ts';
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
		`insert into public.councils (name_zh, name_en, region_code, convener_id) values ('甲', 'A', '31', $1) returning id`,
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
		await accepted('fifth', '2023-02', 100, 50);
	}, 60_000);

	test('is not told while fewer than five peers have figures', async () => {
		expect(await fences('ours', obligation)).toEqual([]);
		await accepted('sixth', '2023-02', 9, 9);
		expect(await fences('ours', obligation)).toEqual([]);
	});

	test('is one interquartile range beyond the quartiles of five, each with its newest of two periods', async () => {
		await accepted('sixth', '2023-02', 100, 60);
		await accepted('third', '2023-02', 100, 35);
		// 0.2, 0.35, 0.4, 0.5, 0.6: quartiles 0.35 and 0.5.
		expect(await fences('ours', obligation)).toEqual([[0.2, 0.65]]);
	});

	test('is for the organisation and its regulator only', async () => {
		expect(await fences('reviewer', obligation)).toEqual([[0.2, 0.65]]);
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
		const of = await submissions.dataset(db, 'test_monthly');
		expect(await submissions.context(db, due, of)).toMatchObject({
			fences: [{ measure: signed, denominator: workers, k: 1, lower: 0.2, upper: 0.65 }]
		});
	});
});
