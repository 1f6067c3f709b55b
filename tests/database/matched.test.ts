import fc from 'fast-check';
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
	type EntryGiven,
	type Stage
} from './council.ts';

// A missing cell is not a zero: ratios count the cells in which all their parts were reported.

const [whole, here, there] = ['31', '310105', '310101'] as const;
const names = ['large', 'middle', 'small', 'tiny'] as const;
type Name = (typeof names)[number];
let stage: Stage;
let owner: Client;
let council: string;
let secretariat: Actor;
let union: Actor;
let reviewer: Actor;
const platforms = {} as Record<Name, Actor>;

beforeAll(async () => {
	stage = await openStage('matched');
	owner = stage.owner;
	await registry(owner);
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
}, 180_000);

afterAll(() => stage?.close());

/** Workers and signed of a place: how many, or why they are missing; undefined where nothing is filed. */
type Cell = {
	workers?: number | string;
	signed?: number | string;
	region?: string;
	occupation?: string;
	mode?: string;
};

const entriesOf = (cells: Cell[]): EntryGiven[] =>
	cells.flatMap(({ workers, signed, region = here, occupation, mode }) => {
		const entry = (measure: string, given: number | string | undefined): EntryGiven[] => {
			if (given === undefined) return [];
			const cell = { measure, region, occupation, mode };
			return [
				typeof given === 'string'
					? { ...cell, value: null, reason: given }
					: { ...cell, value: given }
			];
		};
		return [...entry('test_workers', workers), ...entry('test_signed', signed)];
	});

/** Opens a month, files and accepts it. */
async function month(period: string, filings: Partial<Record<Name, Cell[]>>): Promise<void> {
	await does(owner, secretariat, `public.open_obligations($1, 'test_monthly', $2)`, [
		council,
		period
	]);
	for (const [name, cells] of Object.entries(filings)) {
		const obligation = await one(
			owner,
			'select id from public.obligations where organisation_id = $1 and period = $2',
			[platforms[name as Name].organisation, period]
		);
		const submission = await file(owner, platforms[name as Name], obligation, entriesOf(cells));
		await does(owner, reviewer, 'public.accept_submission($1)', [submission]);
	}
}

type Shown = {
	numerator: number | null;
	denominator: number | null;
	value: number | null;
	hidden: string | null;
	base_share: number | null;
	cells_unknown: number | null;
};

async function seen(
	period: string,
	{
		actor = secretariat,
		region = whole,
		scope = 'total'
	}: { actor?: Actor; region?: string; scope?: string } = {}
): Promise<Shown | undefined> {
	return as(owner, actor, async (client) => {
		const { rows } = await client.query<Shown>(
			`select s.numerator::float8, s.denominator::float8, s.value::float8, s.hidden, s.base_share::float8, s.cells_unknown
			 from public.indicator_series($1, 'TEST1', $2, '2020-01-01') s where s.scope = $3 and s.period = $4`,
			[council, region, scope, period]
		);
		return rows[0];
	});
}

/** Three that report everything, alike enough that none of them dominates. */
const others = (region = here): Partial<Record<Name, Cell[]>> => ({
	middle: [{ workers: 900, signed: 450, region }],
	small: [{ workers: 800, signed: 400, region }],
	tiny: [{ workers: 700, signed: 350, region }]
});

describe('a cell that was not collected', () => {
	test('is left out of both parts, and the share of the base that was reported is said', async () => {
		await month('2020-01', {
			...others(),
			large: [
				{ workers: 600, signed: 480 },
				{ workers: 400, signed: 'not_collected', region: there }
			]
		});
		expect(await seen('2020-01')).toMatchObject({
			numerator: 1680,
			denominator: 3000,
			value: 56,
			base_share: 0.8824,
			cells_unknown: 0
		});
		// As a zero it would have been 1680 / 3400.
		expect(await seen('2020-01', { region: here })).toMatchObject({ value: 56, base_share: null });
	});

	test('counts in no comparison: the same contributors, over what they reported', async () => {
		await month('2020-02', { ...others(), large: [{ workers: 1000, signed: 800 }] });
		const kept = await owner.query(
			`select same, numerator::float8 as n, denominator::float8 as d, numerator_before::float8 as nb, denominator_before::float8 as db
			 from private.compared where council_id = $1 and indicator_code = 'TEST1' and region_code = $2 and period = '2020-02' and years = 0`,
			[council, whole]
		);
		expect(kept.rows).toEqual([{ same: 4, n: 2000, d: 3400, nb: 1680, db: 3000 }]);
	});

	test('of an employment mode leaves out that mode alone', async () => {
		await month('2020-03', {
			...others(),
			large: [
				{ workers: 600, signed: 480, occupation: 'rider', mode: 'dedicated' },
				{ workers: 300, signed: 'late', occupation: 'rider', mode: 'crowdsourced' },
				{ workers: 100, signed: 90, occupation: 'courier', mode: 'dedicated' }
			]
		});
		expect(await seen('2020-03')).toMatchObject({
			numerator: 1770,
			denominator: 3100,
			base_share: 0.9118
		});
		expect(
			(
				await owner.query(
					`select occupation, numerator::float8, denominator::float8, missing::float8 from private.unmatched
					 where period = '2020-03' and council_id = $1 and region_code = $2 order by 1`,
					[council, here]
				)
			).rows
		).toEqual([
			{ occupation: '', numerator: 0, denominator: 300, missing: 300 },
			{ occupation: 'rider', numerator: 0, denominator: 300, missing: 300 }
		]);
	});

	test('whose denominator is missing too is counted: nobody knows how large it is', async () => {
		await month('2020-04', {
			...others(),
			large: [
				{ workers: 600, signed: 480 },
				{ workers: 'late', signed: 100, region: there }
			]
		});
		expect(await seen('2020-04')).toMatchObject({
			numerator: 1680,
			denominator: 3000,
			base_share: null,
			cells_unknown: 1
		});
	});

	test('of an organisation that reported nothing of a part is not counted twice: it gives no figure', async () => {
		await month('2020-09', {
			...others(),
			large: [
				{ workers: 'late', signed: 480 },
				{ workers: 'late', signed: 100, region: there }
			]
		});
		for (const actor of [secretariat, union])
			expect(await seen('2020-09', { actor })).toMatchObject({
				numerator: 1200,
				denominator: 2400,
				base_share: null,
				cells_unknown: 0
			});
	});

	test('that is all there is leaves no figure of that organisation, which is awaited as before', async () => {
		await month('2020-05', {
			...others(),
			large: [
				{ workers: 600, signed: 'late' },
				{ workers: 'late', signed: 100, region: there }
			]
		});
		expect(await seen('2020-05')).toMatchObject({ numerator: 1200, denominator: 2400, value: 50 });
		const answer = await one(
			owner,
			`select answer from private.contributions
			 where council_id = $1 and indicator_code = 'TEST1' and region_code = $2 and period = '2020-05' and organisation_id = $3`,
			[council, whole, platforms.large.organisation]
		);
		expect(answer).toBe('missing');
	});
});

test('where nothing applies, or nothing is asked, nothing is missing', async () => {
	await month('2020-06', {
		...others(),
		large: [
			{ workers: 600, signed: 480, occupation: 'rider' },
			{ workers: 400, signed: 'not_applicable', occupation: 'courier' },
			{ workers: 50, occupation: 'streamer' }
		]
	});
	expect(await seen('2020-06')).toMatchObject({
		numerator: 1680,
		denominator: 3000,
		base_share: null,
		cells_unknown: 0
	});
});

test('parts that are filed in unequal detail are matched in the detail that they share', async () => {
	await month('2020-07', {
		...others(),
		large: [
			{ workers: 600, occupation: 'rider', mode: 'dedicated' },
			{ workers: 200, occupation: 'rider', mode: 'crowdsourced' },
			{ workers: 100, occupation: 'courier', mode: 'dedicated' },
			{ signed: 400, occupation: 'rider' },
			{ signed: 'confidential', occupation: 'courier' }
		]
	});
	expect(await seen('2020-07')).toMatchObject({
		numerator: 1600,
		denominator: 3200,
		base_share: 0.9697
	});
});

describe('what others are told', () => {
	test('of one competitor that left something out: as much as the middle of its step', async () => {
		// 2020-01: 3,000 of 3,400 workers, 400 of them left out by a single platform; 342 to 512 count as 427.
		expect(await seen('2020-01', { actor: union })).toEqual({
			numerator: 1680,
			denominator: 2973,
			value: 56.5086,
			hidden: null,
			base_share: 0.8744,
			cells_unknown: 0
		});
	});

	test('of several that left something out: the parts, rounded, and the share', async () => {
		await month('2020-08', {
			large: [
				{ workers: 1000, signed: 501 },
				{ workers: 203, signed: 'late', region: there }
			],
			middle: [
				{ workers: 900, signed: 450 },
				{ workers: 190, signed: 'late', region: there }
			],
			small: [
				{ workers: 800, signed: 400 },
				{ workers: 180, signed: 'late', region: there }
			],
			tiny: [{ workers: 700, signed: 350 }]
		});
		expect(await seen('2020-08', { actor: union })).toMatchObject({
			numerator: 1700,
			denominator: 3400,
			value: 50,
			base_share: 0.8553
		});
	});

	test('of a change, nothing that would show it', async () => {
		const changes = await as(owner, union, async (client) => {
			const { rows } = await client.query<{ period: string; change: { change: number | null } }>(
				`select period, change from public.indicator_series($1, 'TEST1', $2, '2020-01-01') where scope = 'total' and period in ('2020-05', '2020-06')`,
				[council, whole]
			);
			return rows;
		});
		expect(changes.map(({ change }) => change.change)).toEqual([null, null]);
	});

	test('nobody computes what a single competitor left out closer than to a third of it, or twenty, who knows all the rest', async () => {
		let turn = 12 * 2021;
		const cell = fc.record({
			rate: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
			workers: fc.integer({ min: 300, max: 3000 })
		});
		await fc.assert(
			fc.asyncProperty(
				fc.tuple(cell, cell, cell, cell),
				fc.integer({ min: 1, max: 2500 }),
				async (given, left) => {
					const period = `${Math.floor(turn / 12)}-${String((turn % 12) + 1).padStart(2, '0')}`;
					turn++;
					const filings: Partial<Record<Name, Cell[]>> = {};
					for (const [at, { rate, workers }] of given.entries())
						filings[names[at] ?? 'tiny'] = [{ workers, signed: Math.round(workers * rate) }];
					filings.large?.push({ workers: left, signed: 'late', region: there });
					await month(period, filings);
					const shown = await seen(period, { actor: union });
					if (shown?.denominator == null) return;
					// Whoever knows all workers finds how many were left out as it was counted, and asks which others count alike.
					const base = given.reduce((sum, { workers }) => sum + workers, left);
					const counted = Math.round(base / 5) * 5 - shown.denominator;
					const { rows } = await owner.query<{ amount: number }>(
						`select amount from generate_series(1, 3000) amount where private.told_in_steps(amount) = $1`,
						[counted]
					);
					const alike = rows.map(({ amount }) => amount);
					expect(alike).toContain(left);
					expect(alike.length).toBeGreaterThanOrEqual(Math.min(20, Math.floor(left / 3)));
					expect(alike.length).toBeGreaterThanOrEqual(Math.floor(left / 3) - 1);
				}
			),
			{ numRuns: 20 }
		);
	}, 240_000);
});
