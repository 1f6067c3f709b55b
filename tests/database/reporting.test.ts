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
	type Stage
} from './council.ts';

// Which periods are finished, and what figures changed by: by whom they are usually made, not by who happened to file.

const [whole, here, there] = ['31', '310105', '310101'] as const;
let stage: Stage;
let owner: Client;
let council: string;
let secretariat: Actor;
let reviewer: Actor;
const platforms: Record<string, Actor> = {};

beforeAll(async () => {
	stage = await openStage('reporting');
	owner = stage.owner;
	await registry(owner);
	const convener = await organisation(owner, 'government', 'convener', whole);
	const names = ['large', 'middle', 'small', 'tiny'];
	for (const name of names)
		platforms[name] = await member(
			owner,
			await organisation(owner, 'platform', name, whole),
			'reporter'
		);
	const seats = names.map((name) => the(name).organisation ?? '');
	council = await convened(owner, whole, convener, ...seats);
	secretariat = await member(owner, convener, 'admin', 'delegate');
	reviewer = await member(owner, convener, 'reviewer');
}, 180_000);

afterAll(() => stage?.close());

const the = (name: string) => {
	const found = platforms[name];
	if (!found) throw new Error(`nobody is called ${name}`);
	return found;
};

/** Workers and signed, in one district; null with its reason. */
type Filing = { workers: number; signed: number | null; reason?: string; region?: string };

/** Opens a month and files and accepts what is given of it. */
async function month(period: string, filings: Record<string, Filing>): Promise<void> {
	await does(owner, secretariat, `public.open_obligations($1, 'test_monthly', $2)`, [
		council,
		period
	]);
	for (const [name, filing] of Object.entries(filings)) await filed(name, period, filing);
}

async function filed(name: string, period: string, { workers, signed, reason, region }: Filing) {
	const submission = await file(owner, the(name), await obligation(name, period), [
		['test_workers', region ?? here, workers],
		['test_signed', region ?? here, signed, reason]
	]);
	await does(owner, reviewer, 'public.accept_submission($1)', [submission]);
}

const obligation = (name: string, period: string) =>
	one(owner, 'select id from public.obligations where organisation_id = $1 and period = $2', [
		the(name).organisation,
		period
	]);

type Shown = {
	period: string;
	expected: number;
	contributors: number;
	not_applicable: number;
	share: number;
	finished: boolean;
	value: number | null;
	change: { change: number | null; same: number; joined: number; gone: number; hidden: string };
	year_change: Shown['change'];
};

/** The row of the whole as somebody reads it. */
async function seen(
	period: string,
	{
		indicator = 'TEST1',
		region = whole,
		actor = secretariat
	}: { indicator?: string; region?: string; actor?: Actor } = {}
): Promise<Shown> {
	const row = await as(owner, actor, async (client) => {
		const { rows } = await client.query<Shown>(
			`select s.*, s.value::float8, s.share::float8 from public.indicator_series($1, $2, $3, '2020-01-01') s
			 where s.scope = 'total' and s.period = $4`,
			[council, indicator, region, period]
		);
		return rows[0];
	});
	if (!row) throw new Error(`no figure of ${period}`);
	return row;
}

const usual = {
	large: { workers: 1000, signed: 500 },
	middle: { workers: 500, signed: 300 },
	small: { workers: 300, signed: 150 },
	tiny: { workers: 100, signed: 40 }
};
const { large, middle, small, tiny } = usual;

describe('a period', () => {
	beforeAll(() => month('2025-01', usual));

	test('is finished once nine tenths of the usual weight are in, however few are missing', async () => {
		await month('2025-02', { large, middle, small });
		expect(await seen('2025-02')).toMatchObject({
			expected: 4,
			contributors: 3,
			finished: true,
			share: 0.947368
		});
		await month('2025-03', { middle, small, tiny });
		expect(await seen('2025-03')).toMatchObject({ expected: 4, contributors: 3, finished: false });
	});

	test('tells platforms only whether half or most is in, so that nobody computes who is missing', async () => {
		const actor = the('tiny');
		expect((await seen('2025-02', { actor })).share).toBe(0.9);
		expect((await seen('2025-03', { actor })).share).toBe(0);
		expect((await seen('2025-03')).share).toBeCloseTo(900 / 1900, 6);
	});

	test('waits for nobody who has nothing to report, and for who files late', async () => {
		const nothing = { workers: 100, signed: null, reason: 'not_applicable' };
		await month('2025-04', { large, middle, small, tiny: nothing });
		expect(await seen('2025-04')).toMatchObject({
			expected: 3,
			contributors: 3,
			not_applicable: 1,
			share: 1
		});
		expect(await seen('2025-04', { indicator: 'TEST2' })).toMatchObject({
			expected: 4,
			not_applicable: 0
		});
		// Who had nothing to report is not awaited in the next month either.
		await month('2025-05', { large, middle });
		expect(await seen('2025-05')).toMatchObject({ expected: 3, not_applicable: 1 });
		await month('2025-06', { large, middle, small, tiny: { workers: 100, signed: null } });
		expect(await seen('2025-06')).toMatchObject({ expected: 4, contributors: 3 });
	});

	test('waits in a district for those who report there', async () => {
		await month('2025-07', { ...usual, small: { ...small, region: there } });
		expect(await seen('2025-07', { region: there })).toMatchObject({
			expected: 1,
			contributors: 1
		});
		// Here the small one reported in the month before.
		expect(await seen('2025-07', { region: here })).toMatchObject({ expected: 4, contributors: 3 });
	});

	test('waits for nobody who was excused', async () => {
		await month('2025-08', { middle, small, tiny });
		expect((await seen('2025-08')).finished).toBe(false);
		await owner.query(
			`update public.obligations set excused_reason = '系统停机，全月没有数据' where id = $1`,
			[await obligation('large', '2025-08')]
		);
		expect(await seen('2025-08')).toMatchObject({ expected: 3, contributors: 3, finished: true });
	});

	test('waits for nobody who had left, and for nobody before they joined', async () => {
		await month('2025-09', { middle, small, tiny });
		const seat = [council, the('large').organisation];
		const sits = async (change: string) =>
			owner.query(
				`update public.council_seats set ${change} where council_id = $1 and organisation_id = $2`,
				seat
			);
		await sits(`until = '2025-09-01'`);
		expect(await seen('2025-09')).toMatchObject({ expected: 3, finished: true });
		expect(await seen('2025-03')).toMatchObject({ expected: 4 });
		await sits(`until = null, since = '2025-10-01'`);
		expect(await seen('2025-09')).toMatchObject({ expected: 3, finished: true });
		await sits(`since = '2020-01-01'`);
		expect(await seen('2025-09')).toMatchObject({ expected: 4, finished: false });
	});

	test('waits for who has never filed, for as much as the others weigh on average', async () => {
		const late = await organisation(owner, 'platform', 'newcomer', whole);
		await owner.query(
			`insert into public.council_seats (council_id, organisation_id, standing, since) values ($1, $2, 'voting', '2025-10-01')`,
			[council, late]
		);
		await month('2025-10', usual);
		expect((await seen('2025-09')).expected).toBe(4);
		const { expected, share, finished } = await seen('2025-10');
		expect({ expected, finished }).toEqual({ expected: 5, finished: false });
		expect(share).toBeCloseTo(4 / 5, 6);
		await owner.query(
			`update public.council_seats set until = since + 1 where organisation_id = $1`,
			[late]
		);
	});
});

describe('a change', () => {
	test('is of those who filed both months, and says how many', async () => {
		for (const period of ['2025-11', '2025-12', '2026-01']) await month(period, usual);
		// The largest is missing: the sum falls by more than half, of the same it rises.
		await month('2026-02', {
			middle: { workers: 510, signed: 306 },
			small: { workers: 303, signed: 150 },
			tiny
		});
		const { change } = await seen('2026-02', { indicator: 'TEST2' });
		expect(change).toMatchObject({ change: 13, same: 3, joined: 0, gone: 1, hidden: null });
		const rate = (await seen('2026-02')).change;
		expect(rate.change).toBeCloseTo((496 / 913 - 490 / 900) * 100, 3);
	});

	test('is not told to who could take it from the totals, and learn the figure of the one that is missing', async () => {
		const actor = the('middle');
		const { change } = await seen('2026-02', { indicator: 'TEST2', actor });
		expect(change).toMatchObject({ change: null, same: 3, gone: 1, hidden: 'others_filed' });
		expect((await seen('2025-12', { indicator: 'TEST2', actor })).change).toMatchObject({
			change: 0,
			hidden: null
		});
	});

	test('stands beside that of a year', async () => {
		const { year_change } = await seen('2026-01');
		expect(year_change).toMatchObject({ same: 4, change: 0 });
	});

	test('is not told under five points, nor across a new definition', async () => {
		expect((await seen('2025-02')).change.hidden).toBe('few_points');
		await owner.query('begin');
		await owner.query(`
			update public.indicator_definitions set valid_to = '2026-01-01' where indicator_code = 'TEST1';
			insert into public.indicator_definitions (indicator_code, version, valid_from, kind, factor, numerator_zh, numerator_en, formula_zh, formula_en)
			values ('TEST1', 2, '2026-01-01', 'sum', 1, 'a', 'a', 'a', 'a');
			insert into public.definition_terms values ('TEST1', 2, 'numerator', 'test_signed', 1)`);
		const { rows } = await owner.query<{ hidden: string }>(
			`select hidden from private.changes($1, $2, '{TEST1}', '{2026-01}', 0, true)`,
			[council, whole]
		);
		await owner.query('rollback');
		expect(rows).toEqual([{ hidden: 'definition_changed' }]);
	});
});

describe('what is decided on', () => {
	test('is the newest finished period; the unfinished one stands beside it', async () => {
		const speaks = await as(owner, secretariat, (client) =>
			one<{ period: string }>(client, `select public.indicator_page($1, 'TEST2')`, [council])
		);
		expect(speaks.period).toBe('2026-01');
		const card = await as(owner, secretariat, async (client) => {
			const { rows } = await client.query<{ period: string; later: { period: string }[] }>(
				`select period, later from public.council_overview($1) where indicator_code = 'TEST2'`,
				[council]
			);
			return rows[0];
		});
		expect(card).toMatchObject({
			period: '2026-01',
			later: [{ period: '2026-02', contributors: 3, expected: 4 }]
		});
	});

	test('is frozen by a meeting, with the target of its year', async () => {
		for (const [period, value] of [
			['2026', 60],
			['2027', 90]
		])
			await does(
				owner,
				secretariat,
				`public.set_target($1, 'TEST1', $2, $3, 'floor', $4, null, '决议', 'resolution')`,
				[council, whole, period, value]
			);
		const meeting = await does(
			owner,
			secretariat,
			`public.plan_meeting($1, '例会', 'meeting', now() + interval '9 days')`,
			[council]
		);
		await owner.query(
			`insert into public.agenda_items (council_id, meeting_id, position, title_zh, title_en, proposed_by_organisation, proposed_by, status, indicator_code)
			 values ($1, $2, 1, '议题', 'item', $3, $4, 'scheduled', 'TEST1')`,
			[council, meeting, secretariat.organisation, secretariat.person]
		);
		await does(owner, secretariat, 'public.open_meeting($1)', [meeting]);
		const content = await one<{
			headlines: unknown;
			demo: boolean;
			figures: { period: string; region: string; finished: boolean; contributors: number }[];
		}>(owner, 'select content from public.snapshots where meeting_id = $1', [meeting]);
		expect(content.headlines).toEqual([
			{ indicator: 'TEST1', region: whole, period: '2026-01', finished: true }
		]);
		expect(content.demo).toBe(false);
		expect(
			content.figures.filter(({ region }) => region === here).map(({ period }) => period)
		).toEqual(['2026-01', '2026-02']);
		expect(content.figures.find(({ period }) => period === '2026-02')).toMatchObject({
			finished: false,
			contributors: 3,
			expected: 4
		});
	});

	test('is never published unfinished', async () => {
		const publish = (period: string) =>
			does(
				owner,
				secretariat,
				`public.publish_release($1, '发布', 'release', $2, '{TEST1,TEST2}')`,
				[council, period]
			);
		await expect(publish('2026-02')).rejects.toThrow('release_not_finished');
		const release = await publish('2025-02');
		const { rows } = await owner.query(
			`select contributors, expected from public.release_figures where release_id = $1 and region_code = $2 and indicator_code = 'TEST2'`,
			[release, whole]
		);
		expect(rows).toEqual([{ contributors: 3, expected: 4 }]);
	});
});

// ---------------------------------------------------------------- computed again

const answers = ['none', 'reported', 'not_applicable', 'missing', 'absent', 'excused'] as const;
type Answer = { kind: (typeof answers)[number]; weight: number };
const parties = ['large', 'middle', 'small', 'tiny'];
const periods = ['2030-01', '2030-02', '2030-03', '2030-04', '2031-03'];

test('how far a period is reported is what anybody finds who counts it by hand, in whatever order filings come', async () => {
	const answer = fc.record({
		kind: fc.constantFrom(...answers, 'reported' as const),
		weight: fc.integer({ min: 0, max: 50 })
	});
	const history = fc.array(fc.array(answer, { minLength: 4, maxLength: 4 }), {
		minLength: periods.length,
		maxLength: periods.length
	});
	const order = fc.shuffledSubarray(
		periods.flatMap((_, at) => parties.map((__, who) => [at, who] as const)),
		{ minLength: periods.length * 4 }
	);
	// A council in which nobody has filed yet.
	const seats = parties.map((name) => the(name).organisation ?? '');
	const joint = await convened(owner, whole, secretariat.organisation ?? '', ...seats);
	await fc.assert(
		fc.asyncProperty(history, order, async (told, turn) => {
			expect(await kept(joint, told, turn)).toEqual(byHand(told));
		}),
		{ numRuns: 40, seed: 8 }
	);
}, 120_000);

/** By the rule in words (`private.reporting_of`), one party after the other. */
function byHand(told: Answer[][]): string[] {
	return periods.flatMap((period, at) => {
		const start = Date.parse(`${period}-01`);
		const found = parties.map((_, who) => {
			const now = told[at]![who]!;
			const answered = now.kind !== 'none' && now.kind !== 'excused';
			const past = told
				.slice(0, at)
				.map((row, when) => ({ ...row[who]!, age: start - Date.parse(`${periods[when]}-01`) }))
				.filter(({ kind, age }) => kind !== 'none' && kind !== 'excused' && age <= 366 * 86_400_000)
				.toReversed();
			const last = past[0]?.kind;
			const before = past.find(({ kind }) => kind === 'reported')?.weight;
			const ever = told
				.slice(0, at)
				.some((row) => row[who]!.kind !== 'none' && row[who]!.kind !== 'excused');
			const state = answered ? now.kind : last;
			const is = {
				filed: now.kind === 'reported',
				nothing: (answered || now.kind === 'none') && state === 'not_applicable',
				expected:
					state === 'reported' ||
					(state === 'missing' && (before !== undefined || (answered && last === undefined))) ||
					(state === 'absent' && before !== undefined) ||
					(state === undefined && !ever)
			};
			const awaited = now.kind !== 'excused';
			return {
				filed: is.filed,
				nothing: awaited && is.nothing,
				expected: awaited && is.expected,
				weight: before ?? (now.kind === 'reported' ? now.weight : undefined)
			};
		});
		if (!found.some(({ filed }) => filed)) return [];
		// Who is asked or has answered is counted, also where it is not expected.
		const counted = found.filter((_, who) => told[at]![who]!.kind !== 'excused');
		const known = counted.flatMap(({ weight }) => (weight === undefined ? [] : [weight]));
		const average = known.length ? known.reduce((sum, one) => sum + one, 0) / known.length : 1;
		const sum = (of: typeof found) => of.reduce((all, { weight }) => all + (weight ?? average), 0);
		const expected = found.filter((one) => one.expected);
		const filed = found.filter((one) => one.filed);
		const all = sum(expected);
		const share = all ? sum(filed) / all : filed.length / expected.length;
		return [
			`${period} ${expected.length} ${filed.length} ${found.filter(({ nothing }) => nothing).length} ${share.toFixed(4)}`
		];
	});
}

/** By the database, from filings put into it one by one. */
async function kept(
	joint: string,
	told: Answer[][],
	turn: (readonly [number, number])[]
): Promise<string[]> {
	await owner.query('begin');
	try {
		for (const [at, who] of turn) {
			const { kind, weight } = told[at]![who]!;
			const organisation = the(parties[who]!).organisation;
			const [period] = [periods[at]!];
			const obligation = await one(
				owner,
				`insert into public.obligations (council_id, organisation_id, dataset_code, period, opens_on, due_on, excused_reason)
				 values ($1, $2, 'test_monthly', $3, '2030-01-01', '2030-01-10', $4) returning id`,
				[joint, organisation, period, kind === 'excused' ? '系统停机，全月没有数据' : null]
			);
			if (kind === 'none' || kind === 'excused') continue;
			const submission = await one(
				owner,
				`insert into public.submissions (obligation_id, council_id, organisation_id, dataset_code, dataset_version, rules_version, period, file_name, file_sha256, file_size, created_by)
				 values ($1, $2, $3, 'test_monthly', 1, 1, $4, 'a.csv', repeat('0', 64), 1, gen_random_uuid()) returning id`,
				[obligation, joint, organisation, period]
			);
			const signed = kind === 'reported' ? 1 : null;
			const reason = signed === null ? (kind === 'missing' ? 'late' : kind) : null;
			await owner.query(
				`insert into public.entries (submission_id, position, measure_code, region_code, value, missing_reason)
				 select $1::uuid, 1, 'test_workers', $2, $3::numeric, null
				 union all select $1::uuid, 2, 'test_signed', $2, $4::numeric, $5 where $6::boolean`,
				[submission, here, weight, signed, kind === 'absent' ? null : reason, kind !== 'absent']
			);
			await owner.query('select private.roll_up($1)', [submission]);
		}
		await owner.query('set constraints all immediate');
		const { rows } = await owner.query<{ said: string }>(
			`select concat_ws(' ', period, expected, filed, not_applicable, to_char(share, 'FM0.0000')) as said
			 from private.reporting
			 where council_id = $1 and indicator_code = 'TEST1' and region_code = $2 and starts_on >= '2030-01-01'
			 order by period`,
			[joint, whole]
		);
		return rows.map(({ said }) => said);
	} finally {
		await owner.query('rollback');
	}
}
