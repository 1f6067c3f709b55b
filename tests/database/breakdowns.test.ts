import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Client } from 'pg';
import {
	as,
	convened,
	member,
	one,
	openStage,
	organisation,
	registry,
	type Actor,
	type Stage
} from './council.ts';

// What a figure is made of, by occupation and employment mode: who reads it, and what nobody works out from it.

const platforms = Array.from({ length: 9 }, (_, index) => `platform${index + 1}`);
const [first, second, third, fourth] = ['310105', '310101', '310104', '310106'] as const;
const others = ['union', 'party', 'social', 'district', 'office', 'platform1', 'platform9'];

let stage: Stage;
let owner: Client;
let council: string;
const ids: Record<string, string> = {};
const people: Record<string, Actor> = {};

beforeAll(async () => {
	stage = await openStage('breakdowns');
	owner = stage.owner;
	await registry(owner);
	const seats: [string, string, string][] = [
		['city', 'government', '31'],
		['district', 'government', first],
		['union', 'union', '31'],
		['party', 'party', '31'],
		['social', 'social', '31'],
		['office', 'community', `${first}001`],
		...platforms.map((name): [string, string, string] => [name, 'platform', '31'])
	];
	for (const [name, kind, region] of [...seats, ['elsewhere', 'government', '33'] as const]) {
		ids[name] = await organisation(owner, kind, name, region);
		people[name] = await member(owner, ids[name], 'viewer');
	}
	council = await convened(owner, '31', ...seats.map(([name]) => ids[name] ?? ''));
}, 180_000);

afterAll(() => stage?.close());

/** Every test begins with nobody whose figures are usual. */
beforeEach(() =>
	owner.query(
		'truncate private.groups, private.group_editions, private.group_totals, public.totals, private.contributions, private.reporting, private.figures'
	)
);

/** What a platform counted in one place, occupation and employment mode. */
type Cell = {
	platform: number;
	district: string;
	occupation: string;
	mode: string;
	workers: number;
	signed: number | null;
};

let months = 0;
function nextPeriod(): string {
	const period = `${2030 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
	months += 1;
	return period;
}

/** Accepted figures as acceptance keeps them, written past the filing for speed; an earlier one of these platforms is replaced. */
async function reported(cells: Cell[], period = nextPeriod()): Promise<string> {
	const rows = cells.flatMap((cell) =>
		[cell.district, '31'].flatMap((region) => [
			{ ...cell, region, measure: 'test_workers', value: cell.workers },
			{ ...cell, region, measure: 'test_signed', value: cell.signed }
		])
	);
	const given = [
		council,
		period,
		...(['measure', 'region', 'occupation', 'mode', 'value'] as const).map((key) =>
			rows.map((row) => row[key])
		),
		rows.map(({ platform }) => ids[`platform${platform}`])
	];
	const x = `unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[], $8::uuid[]) as x (m, r, o, e, v, p)`;
	await owner.query('begin');
	await owner.query(
		'delete from public.totals where council_id = $1 and period = $2 and organisation_id = any ($3)',
		[council, period, given[7]]
	);
	await owner.query(
		`insert into private.group_totals (council_id, measure_code, period, region_code, organisation_id, occupation, employment_mode, value, missing_count)
		 select $1, m, $2, r, p, o, e, sum(v), count(*) filter (where v is null) from ${x} group by m, r, p, o, e`,
		given
	);
	await owner.query(
		`insert into public.totals (council_id, measure_code, period, starts_on, region_code, organisation_id, occupation, value, submission_id, dataset_code)
		 select $1, m, $2, private.period_start($2), r, p, part, sum(v), gen_random_uuid(), 'test_monthly'
		 from (select x.*, parts.part from ${x} cross join lateral (select '' as part union select o) parts) y group by m, r, p, part`,
		given
	);
	await owner.query('commit');
	return period;
}

type Group = {
	dimension: 'occupation' | 'employment_mode';
	group_code: string;
	numerator: number | null;
	denominator: number | null;
	value: number | null;
	share: number | null;
	hidden: string | null;
	contributors: number | null;
	own_value: number | null;
	kept_on: string | null;
};

/** The groups of an indicator as a person gets them. */
async function groups(
	who: string,
	indicator: string,
	period: string,
	region?: string
): Promise<Group[]> {
	return as(owner, people[who] as Actor, (client) =>
		one<Group[]>(
			client,
			`select coalesce(jsonb_agg(g), '[]') from public.indicator_groups($1, $2, $3, $4) g`,
			[council, indicator, period, region ?? null]
		)
	);
}

const said = (rows: Group[], dimension: string) =>
	rows
		.filter((row) => row.dimension === dimension)
		.map(({ group_code, numerator, denominator, hidden }) =>
			[group_code || '-', hidden ?? `${numerator}/${denominator}`].join(' ')
		);

/** A platform of one occupation and mode, in two districts, half of its workers with a contract. */
const simple = (platform: number, occupation: string, workers: number, mode = ''): Cell[] =>
	[first, second].map((district) => ({
		platform,
		district,
		occupation,
		mode,
		workers: workers / 2,
		signed: workers / 4
	}));

const riders = [
	...simple(1, 'rider', 4004, 'dedicated'),
	...simple(2, 'rider', 3004, 'crowdsourced'),
	...simple(3, 'rider', 2004, 'crowdsourced')
];
const city = [
	...riders,
	...simple(4, 'courier', 4000, 'dedicated'),
	...simple(5, 'courier', 3000, 'dedicated'),
	...simple(6, 'truck_driver', 3500)
];

describe('the regulator', () => {
	test('reads every group exactly, in the city and in each district, and they add up to the whole', async () => {
		const period = await reported(city);
		const shown = await groups('city', 'TEST1', period);
		expect(said(shown, 'occupation')).toEqual([
			'rider 4506/9012',
			'courier 3500/7000',
			'truck_driver 1750/3500'
		]);
		expect(said(shown, 'employment_mode')).toEqual([
			'dedicated 5502/11004',
			'crowdsourced 2504/5008',
			'- 1750/3500'
		]);
		expect(shown[0]).toMatchObject({ value: 50, share: 0.4619, contributors: 3, kept_on: null });
		expect(said(await groups('city', 'TEST2', period, second), 'occupation')).toEqual([
			'rider 4506/null',
			'courier 3500/null',
			'truck_driver 1750/null'
		]);
	});

	test('counts a platform that does not divide both parts of a rate as undivided', async () => {
		const period = await reported(city);
		await owner.query(
			`update private.group_totals set employment_mode = '' where measure_code = 'test_signed' and organisation_id = $1 and period = $2`,
			[ids.platform4, period]
		);
		expect(said(await groups('city', 'TEST1', period), 'employment_mode')).toEqual([
			'dedicated 3502/7004',
			'crowdsourced 2504/5008',
			'- 3750/7500'
		]);
	});

	test('reads a rate over the places in which both parts of it were reported, in each group', async () => {
		const period = await reported(
			city.map((cell) =>
				cell.platform === 1 && cell.district === first ? { ...cell, signed: null } : cell
			)
		);
		const shown = await groups('city', 'TEST1', period);
		expect(said(shown, 'occupation')[0]).toBe('rider 3505/7010');
		expect(said(shown, 'employment_mode')[0]).toBe('dedicated 4501/9002');
		expect(said(await groups('city', 'TEST2', period), 'occupation')[0]).toBe('rider 9012/null');
		// To others the difference would tell how large the place is.
		const told = said(await groups('union', 'TEST1', period), 'occupation');
		expect(told[0]).toBe('rider incomplete');
	});

	test('reads no group where figures are filed without', async () => {
		const period = await reported(city.map((cell) => ({ ...cell, occupation: '', mode: '' })));
		for (const who of ['city', 'union']) expect(await groups(who, 'TEST1', period)).toEqual([]);
	});
});

describe('everybody else', () => {
	test('reads a group of three platforms, and of the rest only that it is hidden', async () => {
		const period = await reported(city);
		for (const who of others) {
			const shown = await groups(who, 'TEST1', period);
			expect(said(shown, 'occupation'), who).toEqual([
				'rider 4505/9010',
				'courier too_few_contributors',
				'truck_driver too_few_contributors'
			]);
			expect(shown[0], who).toMatchObject({ contributors: 3, share: 0.4618 });
		}
	});

	test('reads of its own organisation what it filed, and nothing of others', async () => {
		const period = await reported(city);
		const own = async (who: string) =>
			(await groups(who, 'TEST2', period)).map(({ own_value }) => own_value);
		expect(await own('platform5')).toEqual([null, 3000, null, 3000, null, null]);
		expect(await own('platform9')).toEqual([null, null, null, null, null, null]);
		expect(await own('union')).toEqual([null, null, null, null, null, null]);
	});

	test('reads no group of a district, where each platform would stand alone', async () => {
		const period = await reported(city);
		const shown = await groups('union', 'TEST2', period, first);
		expect(new Set(shown.map(({ hidden }) => hidden))).toEqual(new Set(['whole_only']));
		expect(JSON.stringify(shown)).not.toMatch(/"(numerator|share|contributors)": ?\d/);
		// Except what it filed itself.
		expect((await groups('platform5', 'TEST2', period, first))[1]).toMatchObject({
			hidden: 'whole_only',
			own_value: 1500
		});
	});

	test('reads nothing of a period that is not finished', async () => {
		await reported(city);
		const period = nextPeriod();
		await owner.query(
			`insert into public.obligations (council_id, organisation_id, dataset_code, period, opens_on, due_on)
			 select $1, unnest($2::uuid[]), 'test_monthly', $3, '2030-01-01', '2030-01-10'`,
			[council, [1, 2, 3, 4, 5, 6].map((platform) => ids[`platform${platform}`]), period]
		);
		await reported(simple(1, 'rider', 4004, 'dedicated'), period);
		expect(said(await groups('union', 'TEST2', period), 'occupation')).toEqual([
			'rider not_finished'
		]);
		expect(said(await groups('city', 'TEST2', period), 'occupation')).toEqual(['rider 4004/null']);
	});

	test('reads the same after somebody has filed late or corrected, and so never the difference', async () => {
		await reported([...city, ...simple(7, 'rider', 800, 'dedicated')]);
		const period = await reported(city);
		const before = new Map<string, Group[]>();
		for (const who of others) before.set(who, await groups(who, 'TEST1', period));
		expect(said(before.get('union') ?? [], 'occupation')[0]).toBe('rider 4505/9010');
		await reported(simple(7, 'rider', 800, 'dedicated'), period);
		await reported(simple(2, 'rider', 6004, 'crowdsourced'), period);
		for (const who of ['union', 'party', 'platform9'])
			expect(await groups(who, 'TEST1', period), who).toEqual(before.get(who));
		expect(said(await groups('city', 'TEST1', period), 'occupation')[0]).toBe('rider 6406/12812');
	});

	test('reads nothing of an indicator for authorities, nor of a group that a raised threshold covers', async () => {
		const period = await reported(city);
		await owner.query('begin');
		try {
			await owner.query(
				`update public.indicators set suppression_threshold = 10000 where code = 'TEST2'`
			);
			await owner.query(`update public.indicators set tier = 'restricted' where code = 'TEST1'`);
			await owner.query(`select set_config('request.jwt.claims', $1, true)`, [
				JSON.stringify({ sub: people.union?.person, role: 'authenticated', org: ids.union })
			]);
			await owner.query('set local role authenticated');
			const hidden = async (indicator: string) =>
				(
					await owner.query<{ hidden: string }>(
						'select distinct hidden from public.indicator_groups($1, $2, $3)',
						[council, indicator, period]
					)
				).rows.map((row) => row.hidden);
			expect(await hidden('TEST1')).toEqual(['restricted']);
			expect(await hidden('TEST2')).not.toContain(null);
		} finally {
			await owner.query('rollback');
		}
	});
});

test('people of other councils are answered as if there were none', async () => {
	const period = await reported(city);
	await expect(groups('elsewhere', 'TEST1', period)).rejects.toThrow('council_not_found');
});

// ---------------------------------------------------------------- what somebody could work out

const codes = {
	occupation: ['rider', 'courier', 'truck_driver', ''],
	mode: ['dedicated', 'crowdsourced', '']
};
const size = fc.oneof(
	{ weight: 30, arbitrary: fc.integer({ min: 300, max: 1500 }) },
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }) },
	{ weight: 1, arbitrary: fc.integer({ min: 5000, max: 80_000 }) }
);
/** Most platforms are of one occupation, as they are; some work in a part of the districts only. */
const world = fc
	.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 3 }))
	.chain(([occupations, modes]) =>
		fc.array(
			fc.record({
				occupations: fc.uniqueArray(fc.constantFrom(...codes.occupation.slice(0, occupations)), {
					minLength: 1,
					maxLength: 2
				}),
				modes: fc.uniqueArray(fc.constantFrom(...codes.mode.slice(0, modes)), {
					minLength: 1,
					maxLength: 2
				}),
				places: fc.subarray([first, second, third, fourth] as string[], { minLength: 2 }),
				sizes: fc.array(size, { minLength: 16, maxLength: 16 }),
				signed: fc.double({ min: 0.2, max: 1, noNaN: true })
			}),
			{ minLength: 5, maxLength: 9 }
		)
	)
	.map((given) =>
		given.flatMap(({ occupations, modes, places, sizes, signed }, index): Cell[] =>
			occupations.flatMap((occupation, o) =>
				modes.flatMap((mode, e) =>
					places.map((district, d) => {
						const workers = sizes[(o * 8 + e * 4 + d) % sizes.length] ?? 0;
						return {
							platform: index + 1,
							district,
							occupation,
							mode,
							workers,
							signed: Math.round(workers * signed)
						};
					})
				)
			)
		)
	);

/** What somebody learns who takes some sums from others: each platform's part, added or taken away. */
function parts(cells: Cell[], measure: 'workers' | 'signed', sign: (cell: Cell) => number) {
	const net = new Map<number, number>();
	const gross = new Map<number, number>();
	for (const cell of cells) {
		const value = cell[measure] ?? 0;
		const by = sign(cell);
		if (!by || !value) continue;
		net.set(cell.platform, (net.get(cell.platform) ?? 0) + by * value);
		gross.set(cell.platform, (gross.get(cell.platform) ?? 0) + Math.abs(by) * value);
	}
	return { net, gross };
}

/** Whether no contributor is told to 15 % by it, to any reader who knows their own part, and no few persons are counted. */
function tellsNobody({ net, gross }: ReturnType<typeof parts>, persons: number): boolean {
	const all = [...gross.values()].reduce((sum, value) => sum + value, 0);
	if (all === 0) return true;
	if (all < persons || gross.size < 3) return false;
	for (const reader of [-1, ...gross.keys()])
		for (const [target, figure] of net) {
			if (target === reader) continue;
			const rest = all - (gross.get(reader) ?? 0) - (gross.get(target) ?? 0);
			if (rest < 0.15 * Math.abs(figure) - 1e-6) return false;
		}
	return true;
}

const subsets = <T>(list: T[]): T[][] =>
	list.reduce<T[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]]);

describe('somebody who puts together all they may see', () => {
	test('works out no platform and no few persons from groups, districts and the whole, whoever they are', async () => {
		let published = 0;
		let hidden = 0;
		await fc.assert(
			fc.asyncProperty(world, async (cells) => {
				const period = await reported(cells);
				const seen = new Map<string, Group[]>();
				for (const who of others)
					seen.set(who, [
						...(await groups(who, 'TEST1', period)),
						...(await groups(who, 'TEST2', period))
					]);
				// Two readers who are shown different things could compare them.
				const bare = (rows: Group[] = []) => rows.map((row) => ({ ...row, own_value: null }));
				for (const who of others) expect(bare(seen.get(who)), who).toEqual(bare(seen.get('union')));

				const known = { workers: new Map<string, number>(), signed: new Map<string, number>() };
				const count = (await groups('union', 'TEST1', period)).length;
				(seen.get('union') ?? []).forEach((row, index) => {
					const key = `${row.dimension} ${row.group_code}`;
					const rate = index < count;
					if (row.numerator === null) return;
					known[rate ? 'signed' : 'workers'].set(key, row.numerator);
					if (rate) known.workers.set(key, row.denominator ?? 0);
				});
				for (const measure of ['workers', 'signed'] as const) {
					const nodes = { occupation: new Set<string>(), employment_mode: new Set<string>() };
					const codeOf = (cell: Cell, dimension: string) =>
						dimension === 'occupation' ? cell.occupation : cell.mode;
					for (const dimension of ['occupation', 'employment_mode'] as const)
						for (const code of new Set(cells.map((cell) => codeOf(cell, dimension)))) {
							const value = known[measure].get(`${dimension} ${code}`);
							if (value === undefined) {
								hidden += 1;
								continue;
							}
							published += 1;
							nodes[dimension].add(code);
							const one = parts(cells, measure, (cell) => Number(codeOf(cell, dimension) === code));
							expect(value).toBe(
								Math.round([...one.net.values()].reduce((a, b) => a + b, 0) / 5) * 5
							);
							expect(tellsNobody(one, 10), `${measure} ${dimension} ${code}`).toBe(true);
						}
					const node = (cell: Cell, dimension: 'occupation' | 'employment_mode') =>
						nodes[dimension].has(codeOf(cell, dimension)) ? codeOf(cell, dimension) : '*';
					const among = {
						occupation: (cell: Cell) => node(cell, 'occupation'),
						employment_mode: (cell: Cell) => node(cell, 'employment_mode'),
						district: (cell: Cell) => cell.district
					};
					const every = (side: keyof typeof among) => [...new Set(cells.map(among[side]))];
					for (const [a, b] of [
						['occupation', 'district'],
						['employment_mode', 'district'],
						['employment_mode', 'occupation']
					] as const) {
						if (!nodes[a].size) continue;
						for (const chosen of subsets(every(a)))
							for (const taken of subsets(every(b))) {
								// Of districts alone their own figures tell.
								if (!chosen.length || chosen.length === every(a).length) continue;
								const told = parts(
									cells,
									measure,
									(cell) =>
										Number(chosen.includes(among[a](cell))) - Number(taken.includes(among[b](cell)))
								);
								expect(
									tellsNobody(told, 10),
									`${measure}: ${a} ${chosen.join()} minus ${b} ${taken.join()}`
								).toBe(true);
							}
					}
				}
			}),
			{ numRuns: 60, seed: 7, endOnFailure: true }
		);
		// The test has seen both.
		expect(published).toBeGreaterThan(60);
		expect(hidden).toBeGreaterThan(60);
	}, 240_000);

	test('takes modes from an occupation and finds no platform that alone does otherwise', async () => {
		// Riders divide by mode but the ninth; the courier is the only other one with dedicated workers.
		const period = await reported([
			...[1, 2, 3, 4].flatMap((platform) => [
				...simple(platform, 'rider', 2000, 'dedicated'),
				...simple(platform, 'rider', 3000 + platform, 'crowdsourced')
			]),
			...simple(9, 'rider', 400),
			...simple(5, 'courier', 2500, 'dedicated'),
			...[6, 7, 8].flatMap((platform) => simple(platform, 'truck_driver', 2000 + platform))
		]);
		for (const who of others) {
			const shown = said(await groups(who, 'TEST2', period), 'employment_mode');
			// rider − dedicated − crowdsourced would be the ninth's less the courier's.
			expect(
				shown.filter((row) => row.includes('complementary')),
				who
			).not.toEqual([]);
		}
	});
});
