import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Client } from 'pg';
import {
	as,
	does,
	member,
	one,
	openStage,
	organisation,
	registry,
	tokenOf,
	type Actor,
	type Stage
} from './council.ts';

// What others may see of an organisation's figures: the disclosure table, and what somebody could work out from all
// exits together.

const platforms = Array.from({ length: 9 }, (_, index) => `platform${index + 1}`);
const districts = [
	'310105',
	'310101',
	'310104',
	'310106',
	'310107',
	'310109',
	'310110',
	'310112',
	'310113',
	'310114',
	'310115',
	'310116',
	'310117',
	'310118',
	'310120',
	'310151'
];
const [first = '', second = '', third = ''] = districts;

let stage: Stage;
let owner: Client;
let council: string;
const ids: Record<string, string> = {};
const people: Record<string, Actor> = {};
const the = (name: string) => ids[name] ?? '';
const actor = (name: string) => people[name] as Actor;

beforeAll(async () => {
	stage = await openStage('sharing');
	owner = stage.owner;
	await registry(owner);
	await owner.query(`
		insert into public.indicators (code, group_code, group_zh, group_en, position, name_zh, name_en, unit, decimals, direction, frequency, reported_by, breakdowns, tier) values
			('TEST4', 'T', '测试', 'test', 903, '测试中位数', 'test median', 'test_unit', 0, 'neutral', 'month', '{platforms}', '{}', 'council'),
			('TEST5', 'T', '测试', 'test', 904, '测试内部', 'test restricted', 'test_unit', 0, 'neutral', 'month', '{platforms}', '{}', 'restricted');
		insert into public.measures (code, name_zh, name_en, unit, additive, counts_persons, description_zh, description_en)
			values ('test_secret', '测试内部', 'test secret', 'test_unit', true, true, '', '');
		insert into public.indicator_definitions (indicator_code, version, valid_from, kind, factor, numerator_zh, numerator_en, formula_zh, formula_en) values
			('TEST4', 1, '2020-01-01', 'statistic', 1, 'a', 'a', 'a', 'a'),
			('TEST5', 1, '2020-01-01', 'sum', 1, 'a', 'a', 'a', 'a');
		insert into public.definition_terms values ('TEST4', 1, 'numerator', 'test_median', 1), ('TEST5', 1, 'numerator', 'test_secret', 1);
	`);
	const seats: [string, string, string][] = [
		['city', 'government', '31'],
		['district', 'government', first],
		['union', 'union', '31'],
		['party', 'party', '31'],
		['social', 'social', '31'],
		['office', 'community', `${first}001`],
		...platforms.map((name): [string, string, string] => [name, 'platform', '31'])
	];
	for (const [name, kind, region] of seats) {
		ids[name] = await organisation(owner, kind, name, region);
		people[name] = await member(owner, the(name), 'viewer');
	}
	ids.elsewhere = await organisation(owner, 'government', 'elsewhere', '33');
	people.elsewhere = await member(owner, the('elsewhere'), 'viewer');
	people.secretariat = await member(owner, the('city'), 'admin');
	council = await one(
		owner,
		`insert into public.councils (name_zh, name_en, region_code, convener_id, lock_after_days) values ('甲', 'A', '31', $1, null) returning id`,
		[the('city')]
	);
	await owner.query(
		`insert into public.council_seats (council_id, organisation_id, standing, since)
		 select $1, unnest($2::uuid[]), 'voting', '2020-01-01'`,
		[council, seats.map(([name]) => the(name))]
	);
}, 180_000);

afterAll(() => stage?.close());

/** [measure, organisation, district, value] */
type Figure = readonly [string, string, string, number | null];

let months = 0;
/** A month that no other test uses. */
function nextPeriod(): string {
	const year = 2030 + Math.floor(months / 12);
	const period = `${year}-${String((months % 12) + 1).padStart(2, '0')}`;
	months += 1;
	return period;
}

/** Accepted figures as roll_up keeps them, written past the filing for speed. */
async function reported(figures: readonly Figure[], period = nextPeriod()): Promise<string> {
	const wholes = new Map<string, [string, string, string, number | null]>();
	for (const [measure, name, , value] of figures) {
		const known = wholes.get(`${measure} ${name}`);
		const sum = value === null ? (known?.[3] ?? null) : (known?.[3] ?? 0) + value;
		wholes.set(`${measure} ${name}`, [measure, name, '31', sum]);
	}
	const rows = [...figures, ...(measureIsAdditive(figures) ? wholes.values() : [])];
	await owner.query(
		`insert into public.totals (council_id, measure_code, period, starts_on, region_code, organisation_id, value, submission_id, dataset_code)
		 select $1, m, $2, private.period_start($2), r, o, v, gen_random_uuid(), 'test_monthly'
		 from unnest($3::text[], $4::text[], $5::uuid[], $6::numeric[]) as x (m, r, o, v)`,
		[
			council,
			period,
			rows.map(([measure]) => measure),
			rows.map(([, , district]) => district),
			rows.map(([, name]) => the(name)),
			rows.map(([, , , value]) => value)
		]
	);
	return period;
}

const measureIsAdditive = (figures: readonly Figure[]) =>
	figures.every(([measure]) => measure !== 'test_median');

type Shown = {
	numerator: number | null;
	denominator: number | null;
	value: number | null;
	hidden: string | null;
	contributors: number | null;
};

type Row = Record<string, string | null>;
const number = (text: string | null | undefined) =>
	text === null || text === undefined ? null : Number(text);

function shown(row: Row | undefined): Shown | undefined {
	return (
		row && {
			numerator: number(row.numerator),
			denominator: number(row.denominator),
			value: number(row.value),
			hidden: row.hidden ?? null,
			contributors: number(row.contributors)
		}
	);
}

/** All series rows of one period and place that a person gets. */
async function series(who: string, indicator: string, period: string, place?: string) {
	const { rows } = await as(owner, actor(who), (client) =>
		client.query<Row>('select * from public.indicator_series($1, $2, $3, $4::date, $4::date)', [
			council,
			indicator,
			place ?? null,
			`${period}-01`
		])
	);
	return rows;
}

async function total(who: string, indicator: string, period: string, place?: string) {
	return shown(
		(await series(who, indicator, period, place)).find(({ scope }) => scope === 'total')
	);
}

/** The map of one period as a person gets it, by district. */
async function map(who: string, indicator: string, period: string): Promise<Map<string, Shown>> {
	const { rows } = await as(owner, actor(who), (client) =>
		client.query<Row>('select * from public.indicator_districts($1, $2, $3)', [
			council,
			indicator,
			period
		])
	);
	return new Map(rows.map((row) => [row.region_code ?? '', shown(row) as Shown]));
}

/** Workers of platforms 1, 2, …, each with half of them signed, in one district. */
const workers = (values: number[], district = first): Figure[] =>
	values.flatMap((value, index): Figure[] => [
		['test_workers', `platform${index + 1}`, district, value],
		['test_signed', `platform${index + 1}`, district, value / 2]
	]);

describe('a platform', () => {
	test('reads its own figures exactly and meets no rival by name', async () => {
		const period = await reported(workers([1001, 803, 605, 407]));
		const rows = await series('platform1', 'TEST2', period);
		expect(rows.map(({ scope, name_en }) => [scope, name_en])).toEqual([
			['own', 'platform1'],
			['total', null]
		]);
		expect(shown(rows[0])).toMatchObject({ numerator: 1001, value: 1001, hidden: null });
		expect(shown(rows[1])).toMatchObject({ numerator: 2815, value: 2815, contributors: 4 });
		const { rows: totals } = await as(owner, actor('platform1'), (client) =>
			client.query<Row>('select distinct organisation_id from public.totals where period = $1', [
				period
			])
		);
		expect(totals).toEqual([{ organisation_id: the('platform1') }]);
	});

	test('reads in the API exactly what the database says', async () => {
		const period = await reported(workers([1001, 803, 605, 407]));
		const answer = await fetch(`${stage.backend.apiUrl}/rest/v1/rpc/indicator_series`, {
			method: 'POST',
			headers: {
				apikey: stage.backend.publishableKey,
				authorization: `Bearer ${await tokenOf(stage.backend, actor('platform2'))}`,
				'content-type': 'application/json'
			},
			body: JSON.stringify({
				council,
				indicator: 'TEST1',
				since: `${period}-01`,
				until: `${period}-01`
			})
		});
		const rows = (await answer.json()) as Record<string, unknown>[];
		expect(rows.map(({ scope }) => scope)).toEqual(['own', 'total']);
		expect(rows.map((row) => Number(row.denominator))).toEqual([803, 2815]);
		expect(rows.map((row) => Number(row.numerator))).toEqual([401.5, 1410]);
	});

	test('sees where it stands among its peers from five peers on, not from four', async () => {
		const few = await reported(workers([100, 100, 100, 100, 100]));
		const own = (rows: Row[]) => rows.find(({ scope }) => scope === 'own');
		expect(own(await series('platform1', 'TEST1', few))).toMatchObject({
			peers: 4,
			median: null,
			lower_quartile: null,
			rank_band: null
		});
		const signed = [11, 22, 36, 41, 52, 67];
		const enough = await reported(
			signed.flatMap((value, index): Figure[] => [
				['test_workers', `platform${index + 1}`, first, 100],
				['test_signed', `platform${index + 1}`, first, value]
			])
		);
		const band = async (who: string) => {
			const { peers, lower_quartile, median, upper_quartile, rank_band } =
				own(await series(who, 'TEST1', enough)) ?? {};
			return [peers, number(lower_quartile), number(median), number(upper_quartile), rank_band];
		};
		expect(await band('platform1')).toEqual([5, 33, 43, 53, 'lower']);
		expect(await band('platform3')).toEqual([5, 25, 38, 53, 'middle']);
		expect(await band('platform6')).toEqual([5, 23, 33, 43, 'upper']);
		expect((await series('union', 'TEST1', enough)).map(({ scope }) => scope)).toEqual(['total']);
	});

	test('is compared with platforms of its occupation only, and ranked only where more or less is better', async () => {
		const signed = [11, 22, 36, 41, 52, 67, 70, 80, 90];
		const period = await reported(
			signed.flatMap((value, index): Figure[] => [
				['test_workers', `platform${index + 1}`, first, 100],
				['test_signed', `platform${index + 1}`, first, value]
			])
		);
		const own = async (who: string, indicator = 'TEST1') => {
			const row = (await series(who, indicator, period)).find(({ scope }) => scope === 'own');
			return [row?.peers, number(row?.median), row?.rank_band];
		};
		// Nobody says in which occupation: all are compared. A size is neither better nor worse, and nobody is ranked by it.
		expect(await own('platform1')).toEqual([8, 63, 'lower']);
		expect(await own('platform1', 'TEST2')).toEqual([8, null, null]);
		// Six of them deliver, most of their workers at least; three drive.
		const occupation = async (name: string, code: string, share: number) =>
			owner.query(
				`insert into public.totals (council_id, measure_code, period, starts_on, region_code, organisation_id, occupation, value, submission_id, dataset_code)
				 select council_id, measure_code, period, starts_on, region_code, organisation_id, $3, value * $4, submission_id, dataset_code
				 from public.totals where period = $1 and organisation_id = $2 and occupation = ''`,
				[period, the(name), code, share]
			);
		for (const at of [1, 2, 3, 4, 5]) await occupation(`platform${at}`, 'rider', 1);
		await occupation('platform6', 'rider', 0.6);
		await occupation('platform6', 'ride_hailing_driver', 0.4);
		for (const at of [7, 8, 9]) await occupation(`platform${at}`, 'ride_hailing_driver', 1);
		expect(await own('platform1')).toEqual([5, 43, 'lower']);
		expect(await own('platform6')).toEqual([5, 33, 'upper']);
		expect(await own('platform6', 'TEST2')).toEqual([5, null, null]);
		expect(await own('platform9')).toEqual([2, null, null]);
		await owner.query(`update public.indicators set direction = 'lower' where code = 'TEST1'`);
		expect(await own('platform6')).toEqual([5, 33, 'lower']);
		await owner.query(`update public.indicators set direction = 'range' where code = 'TEST1'`);
		expect(await own('platform6')).toEqual([5, 33, null]);
		await owner.query(`update public.indicators set direction = 'higher' where code = 'TEST1'`);
	});

	test('is never told the figure of a single peer: no cut of counts, none through few persons, none that is a peer’s', async () => {
		const rates = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 6, maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(rates, async (signed) => {
				const period = await reported(
					signed.flatMap((value, index): Figure[] => [
						['test_workers', `platform${index + 1}`, first, 1000],
						['test_signed', `platform${index + 1}`, first, value]
					])
				);
				const own = async (indicator: string) => {
					const row = (await series('platform1', indicator, period)).find(
						({ scope }) => scope === 'own'
					);
					return [row?.lower_quartile, row?.median, row?.upper_quartile].map(number);
				};
				expect(await own('TEST2')).toEqual([null, null, null]);
				const peers = signed.slice(1);
				const told = await own('TEST1');
				if (peers.some((value) => value < 10)) expect(told).toEqual([null, null, null]);
				for (const cut of told) expect(peers.map((value) => value / 10)).not.toContain(cut);
			}),
			{ numRuns: 30, seed: 12 }
		);
	}, 60_000);

	test('is compared with nobody who counted fewer persons than the threshold', async () => {
		const period = await reported([...workers([100, 100, 100, 100, 100]), ...workers([8], second)]);
		await reported(
			[
				['test_workers', 'platform6', first, 8],
				['test_signed', 'platform6', first, 4]
			],
			period
		);
		const rows = await series('platform1', 'TEST1', period);
		expect(rows.find(({ scope }) => scope === 'own')).toMatchObject({ peers: 4, median: null });
	});
});

test('nobody is told that nothing was filed where figures only cannot be added up', async () => {
	const page = (who: string, indicator: string) =>
		as(owner, actor(who), (client) =>
			one<{ filed: boolean; series: unknown[] }>(client, 'select public.indicator_page($1, $2)', [
				council,
				indicator
			])
		);
	expect((await page('union', 'TEST4')).filed).toBe(false);
	await reported([['test_median', 'platform1', first, 20]]);
	expect(await page('union', 'TEST4')).toMatchObject({ filed: true, series: [] });
});

describe('the city', () => {
	test('reads every organisation by name and the exact total', async () => {
		const period = await reported(workers([1001, 3]));
		const rows = await series('city', 'TEST2', period);
		expect(rows.map(({ scope, name_en, value }) => [scope, name_en, Number(value)])).toEqual([
			['organisation', 'platform1', 1001],
			['organisation', 'platform2', 3],
			['total', null, 1004]
		]);
		expect((await map('city', 'TEST2', period)).get(first)).toMatchObject({ value: 1004 });
	});

	test('sees no statistic added up, and neither does anybody else', async () => {
		const period = await reported([
			['test_median', 'platform1', first, 30],
			['test_median', 'platform2', first, 40],
			['test_median', 'platform3', first, 50]
		]);
		for (const who of ['city', 'union', 'platform1'])
			expect((await map(who, 'TEST4', period)).get(first), who).toMatchObject({
				value: null,
				hidden: 'statistic'
			});
		expect(await total('city', 'TEST4', period)).toBeUndefined();
		expect(
			(await series('city', 'TEST4', period, first)).map(({ scope, value }) => [
				scope,
				value && Number(value)
			])
		).toEqual([
			['organisation', 30],
			['organisation', 40],
			['organisation', 50],
			['total', null]
		]);
	});

	test('alone reads an indicator for authorities; others see only that it is one, and themselves', async () => {
		const period = await reported(
			[900, 800, 700, 600, 500, 400].map((value, index) => [
				'test_secret',
				`platform${index + 1}`,
				first,
				value
			])
		);
		expect(await total('city', 'TEST5', period)).toMatchObject({ value: 3900, hidden: null });
		for (const who of ['union', 'party', 'social', 'district', 'office', 'platform1'])
			expect(await total(who, 'TEST5', period), who).toMatchObject({
				value: null,
				hidden: 'restricted'
			});
		const own = (await series('platform1', 'TEST5', period)).find(({ scope }) => scope === 'own');
		expect(own).toMatchObject({ value: '900.0000', median: null, rank_band: null });
	});
});

describe('people of other councils', () => {
	test('are answered as if there were none', async () => {
		const period = await reported(workers([1001, 803, 605, 407]));
		for (const call of [
			`public.indicator_series($1, 'TEST1')`,
			`public.indicator_districts($1, 'TEST1', '${period}')`,
			'public.council_overview($1)'
		])
			await expect(
				as(owner, actor('elsewhere'), (client) => client.query(`select ${call}`, [council]))
			).rejects.toThrow('council_not_found');
		const { rows } = await as(owner, actor('elsewhere'), (client) =>
			client.query('select 1 from public.totals')
		);
		expect(rows).toEqual([]);
	});
});

describe('a total', () => {
	// The reader who knows most is the second largest contributor.
	const cases: [string, number[], string | null][] = [
		['of one platform', [5000], 'too_few_contributors'],
		['of two platforms', [5000, 5000], 'too_few_contributors'],
		['of three platforms alike', [500, 500, 500], null],
		['in which the third holds 15 % of the first', [1000, 400, 150], null],
		['in which the third holds less than 15 % of the first', [1000, 400, 149], 'dominated'],
		['in which the small ones together hold 15 %', [1000, 900, 50, 50, 50], null],
		['in which the small ones together hold less', [1000, 900, 50, 50, 49], 'dominated'],
		['with a third that reports nothing', [1000, 900, 0], 'dominated'],
		['of nine persons', [3, 3, 3], 'fewer_than_threshold'],
		['of ten persons', [4, 3, 3], null]
	];
	for (const [name, values, hidden] of cases)
		test(`${name} is ${hidden ? `hidden: ${hidden}` : 'shown'}, to every reader alike`, async () => {
			const period = await reported(
				values.map((value, index) => ['test_workers', `platform${index + 1}`, first, value])
			);
			const sum = values.reduce((whole, value) => whole + value, 0);
			const expected = hidden
				? { numerator: null, value: null, hidden }
				: { numerator: Math.round(sum / 5) * 5, value: Math.round(sum / 5) * 5, hidden: null };
			for (const who of [
				'union',
				'party',
				'social',
				'office',
				'district',
				'platform1',
				'platform2',
				'platform3',
				'platform9'
			])
				expect(await total(who, 'TEST2', period), who).toMatchObject(expected);
			expect(await total('city', 'TEST2', period)).toMatchObject({ value: sum, hidden: null });
			expect((await map('union', 'TEST2', period)).get(first)).toMatchObject(expected);
		});

	test('is rounded to 5 persons, and its rate is computed from the rounded counts', async () => {
		const period = await reported([
			['test_workers', 'platform1', first, 11],
			['test_workers', 'platform2', first, 11],
			['test_workers', 'platform3', first, 11],
			['test_signed', 'platform1', first, 4],
			['test_signed', 'platform2', first, 4],
			['test_signed', 'platform3', first, 4]
		]);
		expect(await total('union', 'TEST1', period)).toMatchObject({
			numerator: 10,
			denominator: 35,
			value: 28.5714
		});
	});

	test('whose numerator counts too few is hidden with its denominator', async () => {
		const period = await reported([
			...[50, 50, 50].map((value, index): Figure => [
				'test_workers',
				`platform${index + 1}`,
				first,
				value
			]),
			...[3, 3, 3].map((value, index): Figure => [
				'test_signed',
				`platform${index + 1}`,
				first,
				value
			])
		]);
		expect(await total('union', 'TEST1', period)).toMatchObject({
			numerator: null,
			denominator: null,
			value: null,
			hidden: 'fewer_than_threshold'
		});
	});

	test('of community offices does not need three of them, but ten persons where persons are counted', async () => {
		const period = await reported([['test_visits', 'office', first, 4]]);
		expect(await total('union', 'TEST3', period)).toMatchObject({ value: 4, hidden: null });
		const persons = await reported([['test_workers', 'office', first, 9]]);
		expect(await total('union', 'TEST2', persons)).toMatchObject({
			hidden: 'fewer_than_threshold'
		});
	});

	test('to which a platform gave only a part is hidden, since another indicator shows the difference', async () => {
		const period = await reported([
			...workers([1000, 900, 800, 700]),
			['test_workers', 'platform5', first, 333],
			['test_signed', 'platform5', first, null]
		]);
		expect(await total('platform1', 'TEST2', period)).toMatchObject({ value: 3735, hidden: null });
		expect(await total('platform1', 'TEST1', period)).toMatchObject({
			denominator: null,
			value: null,
			hidden: 'incomplete'
		});
		expect(await total('city', 'TEST1', period)).toMatchObject({ denominator: 3400, value: 50 });
	});
});

describe('a hidden district', () => {
	test('cannot be worked out from the city and the other districts', async () => {
		const period = await reported([
			...workers([1000, 900, 800]),
			...workers([500, 400], second),
			...workers([2000, 1800, 1700], third)
		]);
		for (const who of ['union', 'platform1', 'platform3']) {
			const seen = await map(who, 'TEST2', period);
			expect(seen.get(second), who).toMatchObject({ value: null, hidden: 'too_few_contributors' });
			expect(seen.get(first), who).toMatchObject({ value: null, hidden: 'complementary' });
			expect(seen.get(third), who).toMatchObject({ value: 5500, hidden: null });
			expect(await total(who, 'TEST2', period), who).toMatchObject({ value: 9100 });
		}
	});

	test('is the same one whichever indicator is asked, so that two indicators give no more than one', async () => {
		const period = await reported([
			...workers([400, 400, 400], first),
			...workers([600, 600, 600], second),
			...workers([300, 200], third),
			...workers([800, 800, 800], '310115'),
			// Few signed in the second district: the rate is hidden there, the workers are not.
			...[2, 2, 2].map((value, index): Figure => [
				'test_signed',
				`platform${index + 4}`,
				second,
				value
			])
		]);
		const rates = await map('union', 'TEST1', period);
		const sizes = await map('union', 'TEST2', period);
		for (const [district, { denominator }] of rates)
			if (denominator !== null) expect(sizes.get(district)?.value).toBe(denominator);
		expect(sizes.get(third)?.value).toBeNull();
		expect(sizes.get(first)?.value).toBeNull();
		expect(rates.get(first)?.value).toBeNull();
	});
});

describe('a changed definition', () => {
	test('starts a new version, and figures from before keep theirs', async () => {
		await owner.query(`
			insert into public.indicators select 'TEST6', group_code, group_zh, group_en, 905, name_zh, name_en, unit, decimals, direction, frequency, reported_by, breakdowns, legal_source_zh, legal_source_en, 'council'
			from public.indicators where code = 'TEST1';
			insert into public.indicator_definitions (indicator_code, version, valid_from, valid_to, kind, factor, numerator_zh, numerator_en, formula_zh, formula_en) values
				('TEST6', 1, '2029-01-01', '2029-03-01', 'sum', 1, 'a', 'a', 'a', 'a'), ('TEST6', 2, '2029-03-01', null, 'sum', 2, 'a', 'a', 'a', 'a');
			insert into public.definition_terms values ('TEST6', 1, 'numerator', 'test_workers', 1), ('TEST6', 2, 'numerator', 'test_signed', 1);
		`);
		for (const period of ['2029-02', '2029-03']) await reported(workers([1000, 900, 800]), period);
		for (const who of ['union', 'city']) {
			expect((await series(who, 'TEST6', '2029-02')).at(-1)).toMatchObject({
				value: '2700.0000',
				definition_version: 1
			});
			expect((await series(who, 'TEST6', '2029-03')).at(-1)).toMatchObject({
				value: '2700.0000',
				numerator: expect.stringMatching(/^1350/) as string,
				definition_version: 2
			});
		}
	});
});

describe('the overview', () => {
	test('shows each reader the latest period as the indicator itself does, with their own value', async () => {
		const today = await one<string>(owner, `select to_char(private.today(), 'YYYY-MM')`);
		await reported(workers([1000, 400, 149]), today);
		const line = async (who: string) => {
			const { rows } = await as(owner, actor(who), (client) =>
				client.query<Row>(
					`select * from public.council_overview($1) where indicator_code = 'TEST2'`,
					[council]
				)
			);
			return rows[0];
		};
		expect(await line('union')).toMatchObject({
			period: today,
			value: null,
			hidden: 'dominated',
			own_value: null
		});
		expect(await line('platform2')).toMatchObject({ value: null, own_value: '400.0000' });
		expect(await line('city')).toMatchObject({ value: '1549.0000', hidden: null });
		const trend = (await line('union'))?.trend as unknown as Row[];
		expect(trend.at(-1)).toMatchObject({ period: today, value: null, hidden: 'dominated' });
	});
});

// ---------------------------------------------------------------- what somebody could work out

/** Per platform and district: workers and signed; undefined: not reported there. */
type World = ({ workers: number; signed: number | null } | undefined)[][];

/** How large platforms are and how much of each works in a district: alike, uneven, or hardly at all. */
const size = fc.oneof(
	{ weight: 6, arbitrary: fc.integer({ min: 300, max: 1500 }) },
	{ weight: 1, arbitrary: fc.integer({ min: 2, max: 60 }) },
	{ weight: 1, arbitrary: fc.integer({ min: 5000, max: 80_000 }) }
);
const share = fc.oneof(
	{ weight: 6, arbitrary: fc.double({ min: 0.5, max: 1, noNaN: true }) },
	{ weight: 1, arbitrary: fc.double({ min: 0, max: 0.03, noNaN: true }) },
	{ weight: 1, arbitrary: fc.constant(undefined) }
);
const cell = fc.tuple(share, fc.double({ min: 0.3, max: 1, noNaN: true }), fc.nat({ max: 60 }));
const world: fc.Arbitrary<World> = fc
	.tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 2, max: districts.length }))
	.chain(([many, places]) =>
		fc.array(fc.tuple(size, fc.array(cell, { minLength: places, maxLength: places })), {
			minLength: many,
			maxLength: many
		})
	)
	.map((given) =>
		given.map(([all, row]) =>
			row.map(([part, signed, luck]) => {
				if (part === undefined) return undefined;
				const there = Math.round(all * part);
				return { workers: there, signed: luck === 0 ? null : Math.round(there * signed) };
			})
		)
	);

/** Contributions to one sum, by platform; those who gave nothing are left out. */
type Parts = Map<number, number>;
const sumOf = (parts: Parts) => [...parts.values()].reduce((whole, value) => whole + value, 0);

/** Whether a published sum keeps to the table, tried with every reader against every other contributor. */
function keepsTheRule(parts: Parts, persons: number): boolean {
	if (parts.size < 3 || sumOf(parts) < persons) return false;
	for (const reader of [-1, ...parts.keys()])
		for (const [target, figure] of parts) {
			if (target === reader) continue;
			const upper = sumOf(parts) - (parts.get(reader) ?? 0);
			if (upper - figure < 0.15 * figure) return false;
		}
	return true;
}

function partsOf(
	values: World,
	measure: 'workers' | 'signed',
	places: number[],
	who: (platform: number) => boolean
): Parts {
	const parts: Parts = new Map();
	values.forEach((row, platform) => {
		if (!who(platform)) return;
		for (const place of places) {
			const value = row[place]?.[measure];
			if (value === undefined || value === null) continue;
			parts.set(platform, (parts.get(platform) ?? 0) + value);
		}
	});
	return parts;
}

describe('somebody who puts together all they may see', () => {
	test('works out no hidden district and no rival, whoever they are and whatever was reported', async () => {
		let published = 0;
		let hidden = 0;
		await fc.assert(
			fc.asyncProperty(world, async (values) => {
				const period = await reported(
					values.flatMap((row, platform) =>
						row.flatMap((given, place): Figure[] =>
							given
								? [
										[
											'test_workers',
											`platform${platform + 1}`,
											districts[place] ?? '',
											given.workers
										],
										['test_signed', `platform${platform + 1}`, districts[place] ?? '', given.signed]
									]
								: []
						)
					)
				);
				const places = values[0]?.map((_, place) => place) ?? [];
				const readers = ['union', 'platform1', `platform${values.length}`];
				// Sums that are known, by measure and place ('31' is the city), pooled over readers and indicators.
				const known = { workers: new Map<string, number>(), signed: new Map<string, number>() };
				const note = (measure: 'workers' | 'signed', place: string, value: number | null) => {
					if (value === null) return;
					const before = known[measure].get(place);
					// Two exits that disagree would give away what differs.
					if (before !== undefined) expect(value, `${measure} ${place}`).toBe(before);
					known[measure].set(place, value);
				};
				const views = [];
				for (const who of readers)
					views.push({
						rates: await map(who, 'TEST1', period),
						sizes: await map(who, 'TEST2', period),
						rate: await total(who, 'TEST1', period),
						size: await total(who, 'TEST2', period)
					});
				for (const { rates, sizes, rate, size } of views) {
					for (const [place, view] of [...rates, ['31', rate] as const]) {
						note('signed', place, view?.numerator ?? null);
						note('workers', place, view?.denominator ?? null);
						if (view?.value != null)
							expect(view.value).toBe(
								Math.round(((view.numerator ?? 0) / (view.denominator ?? 0)) * 1e6) / 1e4
							);
					}
					for (const [place, view] of [...sizes, ['31', size] as const])
						note('workers', place, view?.numerator ?? null);
				}
				for (const measure of ['workers', 'signed'] as const) {
					const reporters = (platform: number) =>
						values[platform]?.some((given) => typeof given?.[measure] === 'number') ?? false;
					const open = places.filter((place) => known[measure].has(districts[place] ?? ''));
					const closed = places.filter((place) => !open.includes(place));
					published += open.length;
					hidden += closed.length;
					for (const place of open) {
						const parts = partsOf(values, measure, [place], reporters);
						expect(keepsTheRule(parts, 10), `${measure} ${place}`).toBe(true);
						expect(known[measure].get(districts[place] ?? '')).toBe(
							Math.round(sumOf(parts) / 5) * 5
						);
					}
					const city = known[measure].get('31');
					if (city === undefined) continue;
					const whole = partsOf(values, measure, places, reporters);
					expect(keepsTheRule(whole, 10), `${measure} city`).toBe(true);
					expect(city).toBe(Math.round(sumOf(whole) / 5) * 5);
					// City minus shown districts is the only sum of hidden ones that can be had.
					const rest = partsOf(values, measure, closed, reporters);
					if (rest.size === 0) continue;
					expect(keepsTheRule(rest, 10), `${measure} remainder`).toBe(true);
					for (const reader of [-1, ...values.keys()])
						for (const place of closed) {
							const here = partsOf(values, measure, [place], reporters);
							const width = sumOf(rest) - (rest.get(reader) ?? 0);
							const others = sumOf(here) - (here.get(reader) ?? 0);
							expect(width, `${measure} ${place} for ${reader}`).toBeGreaterThanOrEqual(
								Math.min(10, 0.15 * others)
							);
						}
				}
			}),
			{ numRuns: 80, endOnFailure: true }
		);
		// The test has seen both.
		expect(published).toBeGreaterThan(200);
		expect(hidden).toBeGreaterThan(200);
	}, 120_000);

	test('finds no two parts of a sum among the indicators whose third part is hidden', async () => {
		const { rows: sums } = await owner.query(`
			select r.dataset_code, r.code from public.dataset_rules r
			where r.kind = 'parts_eq_total' and not exists (
				select 1 from (select jsonb_array_elements_text(r.params -> 'parts') union all select r.params ->> 'total') x (measure)
				where x.measure not in (select t.measure_code from public.definition_terms t)
			)`);
		expect(sums).toEqual([]);
		const { rows: twice } = await owner.query(`
			select dm.measure_code from public.dataset_measures dm group by 1 having count(*) > 1`);
		expect(twice).toEqual([]);
	});
});

describe('a release', () => {
	const publish = (period: string, indicators: string) =>
		does(owner, actor('secretariat'), `public.publish_release($1, '发布', 'release', $2, $3)`, [
			council,
			period,
			indicators
		]);

	test('holds what every seat sees, and keeps it when the figures are corrected', async () => {
		const period = await reported([
			...workers([1000, 900, 800]),
			...workers([500, 400], second),
			...workers([2000, 1800, 1700], third)
		]);
		const release = await publish(period, '{TEST1,TEST2}');
		const figures = async () =>
			(
				await as(owner, null, (client) =>
					client.query<Row>(
						'select * from public.release_figures where release_id = $1 order by indicator_code, region_code',
						[release]
					)
				)
			).rows;
		const before = await figures();
		for (const indicator of ['TEST1', 'TEST2']) {
			const seen = await map('platform1', indicator, period);
			seen.set('31', (await total('platform1', indicator, period)) as Shown);
			const mine = before.filter(({ indicator_code }) => indicator_code === indicator);
			expect(mine).toHaveLength(4);
			for (const row of mine) {
				const view = seen.get(row.region_code ?? '') as Shown;
				expect(shown(row), row.region_code ?? '').toMatchObject(view);
			}
		}
		await owner.query(
			`update public.totals set value = value * 2 where period = $1 and organisation_id = $2`,
			[period, the('platform1')]
		);
		expect(await figures()).toEqual(before);
		await does(owner, actor('secretariat'), `public.withdraw_release($1, '数据有误，重发')`, [
			release
		]);
		expect(await figures()).toEqual([]);
	});

	test('of one indicator alone hides what would be hidden beside the others', async () => {
		const few = ['test_workers', 'platform5', first, 33] as const;
		// So few that the period is finished without them.
		await reported(
			[...workers([1000, 900, 800, 700]), few, ['test_signed', 'platform5', first, 30]],
			'2060-01'
		);
		const period = await reported(
			[...workers([1000, 900, 800, 700]), few, ['test_signed', 'platform5', first, null]],
			'2060-02'
		);
		const release = await publish(period, '{TEST1}');
		const { rows } = await as(owner, null, (client) =>
			client.query('select value, hidden from public.release_figures where release_id = $1', [
				release
			])
		);
		expect(rows).toEqual(Array(2).fill({ value: null, hidden: 'incomplete' }));
	});

	test('takes no indicator that is not for the public, no empty period and no blank title', async () => {
		const period = await reported(workers([1000, 900, 800]));
		await expect(publish(period, '{TEST1,TEST5}')).rejects.toThrow('indicator_not_public');
		await expect(publish('2019-01', '{TEST1}')).rejects.toThrow('release_has_no_figures');
		await expect(publish('2019-13', '{TEST1}')).rejects.toThrow('release_not_valid');
	});
});
