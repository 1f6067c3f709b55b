import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	as,
	convened,
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

// Quarters, half-years and years of what is filed by the month: flows are added, stocks taken at the end, and what counts
// persons once in a period is not made up.

const [whole, here] = ['31', '310105'] as const;
const names = ['large', 'middle', 'small', 'tiny'] as const;
type Name = (typeof names)[number] | 'joiner';
let stage: Stage;
let owner: Client;
let council: string;
let secretariat: Actor;
let union: Actor;
let reviewer: Actor;
const platforms = {} as Record<Name, Actor>;

beforeAll(async () => {
	stage = await openStage('longer-periods');
	owner = stage.owner;
	await registry(owner);
	// TEST1 divides flows, TEST2 is a stock, TEST3 a flow without a denominator, TEST9 counts persons once a month.
	await owner.query(`
		insert into public.measures (code, name_zh, name_en, unit, additive, counts_persons, over_time, description_zh, description_en) values
			('test_stock', '测试存量', 'test stock', 'test_unit', true, false, 'stock', '', ''),
			('test_flow', '测试流量', 'test flow', 'test_unit', true, false, 'flow', '', ''),
			('test_once', '测试去重', 'test once', 'test_unit', true, true, 'unique', '', '');
		insert into public.indicators (code, group_code, group_zh, group_en, position, name_zh, name_en, unit, decimals, direction, frequency, reported_by, breakdowns, tier) values
			('TEST7', 'T', '测试', 'test', 907, '测试存量', 'test stock', 'test_unit', 0, 'higher', 'month', '{platforms}', '{district}', 'public'),
			('TEST8', 'T', '测试', 'test', 908, '测试流量', 'test flow', 'test_unit', 0, 'higher', 'month', '{platforms}', '{district}', 'public'),
			('TEST9', 'T', '测试', 'test', 909, '测试去重', 'test once', 'test_unit', 0, 'higher', 'month', '{platforms}', '{district}', 'public');
		insert into public.indicator_definitions (indicator_code, version, valid_from, kind, factor, numerator_zh, numerator_en, formula_zh, formula_en) values
			('TEST7', 1, '2020-01-01', 'sum', 1, 'a', 'a', 'a', 'a'),
			('TEST8', 1, '2020-01-01', 'sum', 1, 'a', 'a', 'a', 'a'),
			('TEST9', 1, '2020-01-01', 'sum', 1, 'a', 'a', 'a', 'a');
		insert into public.definition_terms values
			('TEST7', 1, 'numerator', 'test_stock', 1), ('TEST8', 1, 'numerator', 'test_flow', 1), ('TEST9', 1, 'numerator', 'test_once', 1);
		insert into public.dataset_measures (dataset_code, measure_code, position, required, value_type) values
			('test_monthly', 'test_stock', 3, false, 'count'), ('test_monthly', 'test_flow', 4, false, 'count'), ('test_monthly', 'test_once', 5, false, 'count');
	`);
	const convener = await organisation(owner, 'government', 'convener', whole);
	const delegate = await organisation(owner, 'union', 'union', whole);
	for (const name of names)
		platforms[name] = await member(
			owner,
			await organisation(owner, 'platform', name, whole),
			'reporter'
		);
	const seats = names.map((name) => platforms[name].organisation ?? '');
	council = await convened(owner, whole, convener, delegate, ...seats);
	secretariat = await member(owner, convener, 'admin', 'delegate');
	reviewer = await member(owner, convener, 'reviewer');
	union = await member(owner, delegate, 'delegate');

	for (const [at, period] of months('2020-01', 18).entries())
		await month(
			period,
			names.map((name, place) => [name, 1000 + 100 * place + 10 * at, 500 + 40 * place + 20 * at])
		);
}, 300_000);

afterAll(() => stage?.close());

function months(first: string, count: number): string[] {
	const start = Number(first.slice(0, 4)) * 12 + Number(first.slice(5)) - 1;
	return Array.from({ length: count }, (_, at) => {
		const month = start + at;
		return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
	});
}

/** Opens a month, and files and accepts workers and signed of those given; the other measures are made of them. */
async function month(period: string, filings: [Name, number, number][]): Promise<void> {
	await does(owner, secretariat, `public.open_obligations($1, 'test_monthly', $2)`, [
		council,
		period
	]);
	for (const [name, workers, signed] of filings) {
		const obligation = await one(
			owner,
			'select id from public.obligations where organisation_id = $1 and period = $2',
			[platforms[name].organisation, period]
		);
		const submission = await file(owner, platforms[name], obligation, [
			['test_workers', here, workers],
			['test_signed', here, signed],
			['test_stock', here, workers * 2],
			['test_flow', here, signed * 3],
			['test_once', here, workers]
		]);
		await does(owner, reviewer, 'public.accept_submission($1)', [submission]);
	}
}

type Shown = {
	period: string;
	scope: string;
	name_en: string | null;
	numerator: number | null;
	denominator: number | null;
	value: number | null;
	hidden: string | null;
	finished: boolean | null;
	parts: number | null;
	needed: number | null;
	newest: string | null;
	change: { change: number | null; hidden: string | null; against: string } | null;
	year_change: { change: number | null; hidden: string | null; against: string } | null;
};

async function seen(
	indicator: string,
	frequency: string,
	{ actor = secretariat, region = whole }: { actor?: Actor; region?: string } = {}
): Promise<Shown[]> {
	return as(owner, actor, async (client) => {
		const { rows } = await client.query<Shown>(
			`select s.period, s.scope, s.name_en, s.numerator::float8, s.denominator::float8, s.value::float8, s.hidden, s.finished, s.parts, s.needed, s.newest, s.change, s.year_change
			 from public.longer_series($1, $2, $3, $4, '2020-01-01', '2022-12-31') s`,
			[council, indicator, frequency, region]
		);
		return rows;
	});
}

const total = async (indicator: string, period: string, frequency: string, actor = secretariat) =>
	(await seen(indicator, frequency, { actor })).find(
		(row) => row.scope === 'total' && row.period === period
	);

const workersIn = (at: number) => 4600 + 40 * at;
const signedIn = (at: number) => 2240 + 80 * at;

describe('a quarter', () => {
	test('of a ratio of flows divides the sums of its months', async () => {
		const numerator = signedIn(3) + signedIn(4) + signedIn(5);
		const denominator = workersIn(3) + workersIn(4) + workersIn(5);
		const quarter = await total('TEST1', '2020-Q2', 'quarter');
		expect(quarter).toMatchObject({ numerator, denominator, finished: true, parts: 3, needed: 3 });
		expect(quarter?.value).toBeCloseTo((numerator / denominator) * 100, 4);
	});

	test('of a flow is the sum, of a stock the last month', async () => {
		expect(await total('TEST8', '2020-Q2', 'quarter')).toMatchObject({
			value: 3 * (signedIn(3) + signedIn(4) + signedIn(5))
		});
		expect(await total('TEST7', '2020-Q2', 'quarter')).toMatchObject({ value: 2 * workersIn(5) });
		expect(await total('TEST7', '2020-H1', 'half_year')).toMatchObject({ value: 2 * workersIn(5) });
		expect(await total('TEST7', '2020', 'year')).toMatchObject({ value: 2 * workersIn(11) });
	});

	test('of persons counted once a month is not made up: it says that it must be filed itself', async () => {
		expect(await total('TEST9', '2020-Q2', 'quarter')).toMatchObject({
			value: null,
			numerator: null,
			hidden: 'filed_by_itself'
		});
	});

	test('changed since the quarter before and the year before, of the same contributors', async () => {
		const sum = (first: number) =>
			3 * (signedIn(first) + signedIn(first + 1) + signedIn(first + 2));
		// Of four quarters nothing is said yet, of the sixth it is.
		expect((await total('TEST8', '2020-Q4', 'quarter'))?.change).toMatchObject({
			change: null,
			hidden: 'few_points'
		});
		expect(await total('TEST8', '2021-Q2', 'quarter')).toMatchObject({
			change: { change: sum(15) - sum(12), against: '2021-Q1' },
			year_change: { change: sum(15) - sum(3), against: '2020-Q2' }
		});
	});

	test('is each organisation’s own for itself and its regulator, and nobody else’s', async () => {
		const large = (await seen('TEST8', 'quarter', { actor: platforms.large })).filter(
			({ scope, period }) => scope !== 'total' && period === '2020-Q2'
		);
		expect(large).toMatchObject([{ scope: 'own', value: 3 * (500 * 3 + 20 * 12) }]);
		const named = (await seen('TEST8', 'quarter')).filter(
			({ scope, period }) => scope === 'organisation' && period === '2020-Q2'
		);
		expect(named.map(({ name_en }) => name_en)).toEqual(['large', 'middle', 'small', 'tiny']);
		const others = await seen('TEST8', 'quarter', { actor: union });
		expect(new Set(others.map(({ scope }) => scope))).toEqual(new Set(['total']));
	});
});

test('a year that has begun is told as far as it is finished, and says so', async () => {
	expect(await total('TEST8', '2021', 'year')).toMatchObject({
		value: 3 * [12, 13, 14, 15, 16, 17].reduce((sum, at) => sum + signedIn(at), 0),
		finished: false,
		parts: 6,
		needed: 12,
		newest: '2021-06',
		year_change: { change: null, hidden: 'unfinished' }
	});
});

test('others are told what the sum of the months is that they are shown, so that it shows no more', async () => {
	const shown = await as(owner, union, async (client) => {
		const { rows } = await client.query<{ numerator: number; denominator: number }>(
			`select numerator::float8, denominator::float8 from public.indicator_series($1, 'TEST1', $2, '2020-04-01', '2020-06-30') where scope = 'total'`,
			[council, whole]
		);
		return rows;
	});
	expect(shown).toHaveLength(3);
	expect(await total('TEST1', '2020-Q2', 'quarter', union)).toMatchObject({
		numerator: shown.reduce((sum, { numerator }) => sum + numerator, 0),
		denominator: shown.reduce((sum, { denominator }) => sum + denominator, 0)
	});
});

test('where one month is hidden the quarter is: the other two would show it', async () => {
	// Two platforms alone in a district: their month is told to nobody but the regulator.
	await month('2021-07', [
		['large', 5000, 400],
		['middle', 800, 300],
		['small', 700, 200],
		['tiny', 600, 100]
	]);
	await month('2021-08', [
		['large', 90_000, 80_000],
		['middle', 1000, 900],
		['small', 1000, 900],
		['tiny', 1000, 900]
	]);
	await month('2021-09', [
		['large', 1400, 900],
		['middle', 1300, 800],
		['small', 1200, 700],
		['tiny', 1100, 600]
	]);
	expect(await total('TEST8', '2021-Q3', 'quarter', union)).toMatchObject({
		value: null,
		hidden: 'dominated'
	});
	expect((await total('TEST8', '2021-Q3', 'quarter'))?.value).toBe(3 * (1000 + 82_700 + 3000));
});

test('a period that was filed itself is not computed', async () => {
	await owner.query(
		`insert into private.figures (council_id, exact, region_code, indicator_code, starts_on, period, version, value, contributors)
		 values ($1, true, $2, 'TEST8', '2020-07-01', '2020-Q3', 1, 7, 4)`,
		[council, whole]
	);
	expect(await total('TEST8', '2020-Q3', 'quarter')).toBeUndefined();
	expect(await total('TEST8', '2020-Q4', 'quarter')).toBeDefined();
	await owner.query(`delete from private.figures where period = '2020-Q3'`);
});

test('across a new definition nothing is put together', async () => {
	await owner.query(`
		update public.indicator_definitions set valid_to = '2020-06-01' where indicator_code = 'TEST7' and version = 1;
		insert into public.indicator_definitions (indicator_code, version, valid_from, kind, factor, numerator_zh, numerator_en, formula_zh, formula_en)
			values ('TEST7', 2, '2020-06-01', 'sum', 1, 'a', 'a', 'a', 'a');
		insert into public.definition_terms values ('TEST7', 2, 'numerator', 'test_stock', 2);
	`);
	expect(await total('TEST7', '2020-Q2', 'quarter')).toMatchObject({
		value: null,
		hidden: 'definition_changed'
	});
	expect(await total('TEST7', '2020-Q3', 'quarter')).toMatchObject({ value: 4 * workersIn(8) });
});

test('who joined in the later of two quarters leaves no change to be told, and is counted', async () => {
	platforms.joiner = await member(
		owner,
		await organisation(owner, 'platform', 'joiner', whole),
		'reporter'
	);
	await owner.query(
		`insert into public.council_seats (council_id, organisation_id, standing, since) select $1, $2, standing, '2021-11-01' from public.council_seats where organisation_id = $3`,
		[council, platforms.joiner.organisation, platforms.large.organisation]
	);
	for (const [at, period] of months('2021-10', 3).entries())
		await month(
			period,
			[...names, 'joiner' as const].slice(0, at ? 5 : 4).map((name) => [name, 1000, 500])
		);
	expect(await total('TEST8', '2021-Q4', 'quarter')).toMatchObject({
		value: 3 * 500 * 14,
		change: { change: null, hidden: 'others_between', joined: 1, gone: 0 }
	});
});

test('an asked period and a frequency lead the page to longer periods, and a target is judged in its own', async () => {
	await does(
		owner,
		secretariat,
		`public.set_target($1, 'TEST8', $2, '2021', 'floor', 999999, null, '试验', 'trial')`,
		[council, whole]
	);
	const page = (given: string) =>
		as(owner, secretariat, async (client) => {
			const { rows } = await client.query<{
				page: {
					period: string;
					frequency: string;
					filed_by: string;
					series: { period: string }[];
					districts: { region_code: string; value: number | null }[];
				};
			}>(`select public.indicator_page($1, 'TEST8', since => '2020-01-01'${given}) as page`, [
				council
			]);
			return rows[0]?.page;
		});
	const quarter = await page(`, period => '2020-Q2'`);
	expect(quarter).toMatchObject({ period: '2020-Q2', frequency: 'quarter', filed_by: 'month' });
	expect(quarter?.districts.find(({ region_code }) => region_code === here)?.value).toBe(
		3 * (signedIn(3) + signedIn(4) + signedIn(5))
	);
	expect(await page(`, frequency => 'year', period => '2020-05'`)).toMatchObject({
		frequency: 'year',
		period: '2021'
	});
	const year = await total('TEST8', '2021', 'year');
	const judged = { period: '2021', value: year?.value, parts: 12, needed: 12, way: 'sum' };
	expect(await page('')).toMatchObject({ frequency: 'month', period: '2021-12', judged });
	const overview = await as(owner, secretariat, async (client) => {
		const { rows } = await client.query<{ judged: object }>(
			`select judged from public.council_overview($1) where indicator_code = 'TEST8'`,
			[council]
		);
		return rows;
	});
	// The overview speaks of the last fifteen months.
	expect(overview).toEqual([]);
});
