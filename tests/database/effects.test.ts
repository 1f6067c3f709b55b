import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	as,
	convened,
	does,
	member,
	one,
	openStage,
	organisation,
	registry,
	type Actor,
	type Stage
} from './council.ts';

// What is said of an action's effect: of whose figures, from when on, against what, and to whom.

let stage: Stage;
let owner: Client;
let council: string;
let resolution: string;
const ids: Record<string, string> = {};
const people: Record<string, Actor> = {};
const the = (name: string) => ids[name] ?? '';

const months = (from: number, until: number) =>
	Array.from({ length: until - from + 1 }, (_, at) => {
		const month = from + at;
		return `${2023 + Math.floor((month - 1) / 12)}-${String(((month - 1) % 12) + 1).padStart(2, '0')}`;
	});
/** The decision takes effect on 2024-01-01: twelve months before, three after. */
const effective = '2024-01-01';
const [before, after] = [months(1, 12), months(13, 15)];

const offices = ['office', 'second', 'third', 'fourth', 'fifth', 'sixth'];
const platforms = ['platform', 'rival', 'p3', 'p4', 'p5', 'p6'];
const streets = ['310105001', '310101002', '310104003', '310106006', '310107005', '310109009'];

beforeAll(async () => {
	stage = await openStage('effects');
	owner = stage.owner;
	await registry(owner);
	await owner.query(`
		insert into public.measures (code, name_zh, name_en, unit, additive, counts_persons, description_zh, description_en) values
			('test_asked', '测试应办', 'test asked', 'test_unit', true, false, '', ''),
			('test_done', '测试办结', 'test done', 'test_unit', true, false, '', '');
		insert into public.indicators (code, group_code, group_zh, group_en, position, name_zh, name_en, unit, decimals, direction, frequency, reported_by, breakdowns, tier) values
			('TEST4', 'T', '测试', 'test', 903, '测试办结率', 'test rate', 'test_unit', 1, 'higher', 'month', '{community}', '{district}', 'council');
		insert into public.indicator_definitions (indicator_code, version, valid_from, kind, factor, numerator_zh, numerator_en, denominator_zh, denominator_en, formula_zh, formula_en) values
			('TEST4', 1, '2020-01-01', 'ratio', 100, 'a', 'a', 'b', 'b', 'a/b', 'a/b');
		insert into public.definition_terms values
			('TEST4', 1, 'numerator', 'test_done', 1), ('TEST4', 1, 'denominator', 'test_asked', 1);
	`);
	for (const [name, kind, region] of [
		['city', 'government', '31'],
		['union', 'union', '31'],
		['outsider', 'social', '31'],
		...offices.map((name, at) => [name, 'community', streets[at]]),
		...platforms.map((name) => [name, 'platform', '31'])
	] as [string, string, string][]) {
		ids[name] = await organisation(owner, kind, name, region);
		people[name] = await member(owner, the(name), 'delegate');
	}
	people.secretariat = await member(owner, the('city'), 'admin', 'delegate');
	council = await convened(
		owner,
		'31',
		...['city', 'union', ...offices, ...platforms].map((name) => the(name))
	);
	const says = <T = string>(call: string, values: unknown[]) =>
		does<T>(owner, people.secretariat as Actor, call, values);
	const meeting = await says(`public.plan_meeting($1, '例会', 'meeting', now())`, [council]);
	const item = await says(`public.propose_agenda_item($1, '议题', 'item')`, [council]);
	await says('public.schedule_agenda_item($1, $2)', [item, meeting]);
	await says('public.open_meeting($1)', [meeting]);
	resolution = await says(
		`public.propose_resolution($1, '决议', 'resolution', 'simple', '${effective}')`,
		[item]
	);

	// Half is done on time; afterwards our office does ten points more, the others three to seven.
	for (const [at, name] of offices.entries())
		await report(name, 'test_done', 'test_asked', [
			...before.map((period) => [period, 100, 200] as Row),
			...after.map((period) => [period, name === 'office' ? 120 : 104 + 2 * at, 200] as Row)
		]);
	// Our platform gains a point a month, and five at once when the decision takes effect; its rivals stand at 33.337 %.
	for (const name of platforms)
		await report(
			name,
			'test_signed',
			'test_workers',
			[...before, ...after].map((period, at) =>
				name === 'platform'
					? [period, 4000 + 100 * at + (at < 12 ? 0 : 500), 10_000]
					: [period, 33_337, 100_000]
			)
		);
}, 180_000);

afterAll(() => stage?.close());

type Row = [period: string, numerator: number, denominator: number];

/** Accepted figures of an organisation, for the whole and, of an office, its district. */
async function report(name: string, numerator: string, denominator: string, rows: Row[]) {
	await owner.query(
		`insert into public.totals (council_id, measure_code, period, starts_on, region_code, organisation_id, value, submission_id, dataset_code)
		 select $1, m.code, r ->> 0, private.period_start(r ->> 0), p.code, o.id, (r ->> m.at)::numeric, $5, 'test_monthly'
		 from public.organisations o
		 cross join (values ($3, 1), ($4, 2)) m (code, at)
		 cross join jsonb_array_elements($6::jsonb) r
		 cross join unnest(array['31', case when length(o.region_code) > 2 then left(o.region_code, 6) else '310115' end]) p (code)
		 where o.id = $2
		 on conflict (council_id, measure_code, period, region_code, organisation_id, occupation) do update set value = excluded.value`,
		[council, the(name), numerator, denominator, randomUUID(), JSON.stringify(rows)]
	);
}

async function action(
	accountable: string,
	indicator: string,
	{ region = null as string | null, status = 'in_progress' } = {}
): Promise<string> {
	return one(
		owner,
		`insert into public.action_items (council_id, resolution_id, title_zh, title_en, definition_of_done_zh, definition_of_done_en, accountable_id,
			accepting_id, indicator_code, region_code, expected_value, due_on, status, assigned_by)
		 values ($1, $2, '任务', 'task', '', '', $3, $4, $5, $6, 58, '2024-12-31', $7, $8) returning id`,
		[council, resolution, the(accountable), the('union'), indicator, region, status, randomUUID()]
	);
}

type Effect = Record<string, unknown> & {
	kind: string;
	mean: { estimate: number; low: number; high: number };
	reached: { period: string; value: number } | null;
};

/** What the page of an action item tells somebody of its effect. */
async function told(who: string, item: string): Promise<Effect> {
	return as(owner, people[who] as Actor, async (client) => {
		const { rows } = await client.query<{ effect: Effect }>(
			`select public.action_item_page($1) -> 'effect' as effect`,
			[item]
		);
		return rows[0]?.effect as Effect;
	});
}

/** Undone at the end: what is done to the council in one test is not seen by the next. */
async function undone(act: () => Promise<void>): Promise<void> {
	await owner.query(
		'create table if not exists private.before_test as select * from public.totals'
	);
	await owner.query('update public.action_items set indicator_code = null');
	try {
		await act();
	} finally {
		await owner.query(
			'delete from public.totals; insert into public.totals select * from private.before_test'
		);
	}
}

describe('an office whose own figure it is', () => {
	test('reads its change less that of the others, with an interval of how much they differ', () =>
		undone(async () => {
			const item = await action('office', 'TEST4', { region: '310105' });
			// +10 less the mean of 3, 4, 5, 6, 7; half of the interval: 2.776445 × √2.5 × √(1 + 1/5) = 4.8089.
			expect(await told('office', item)).toMatchObject({
				kind: 'compared',
				unit: 'organisation',
				units: 5,
				others: 5,
				before: { from: '2023-01', until: '2023-12', periods: 12, mean: 50 },
				after: { from: '2024-01', until: '2024-03', periods: 3, mean: 60 },
				mean: { estimate: 5, low: 0.1911, high: 9.8089 },
				newest: { period: '2024-03', value: 60, estimate: 5 },
				effective_on: effective
			});
		}));

	test('reads exactly its step where the others moved all alike', () =>
		undone(async () => {
			for (const name of offices.slice(1))
				await report(
					name,
					'test_done',
					'test_asked',
					after.map((period) => [period, 110, 200])
				);
			const item = await action('office', 'TEST4');
			expect((await told('office', item)).mean).toEqual({ estimate: 5, low: 5, high: 5 });
		}));

	test('is compared with nobody who acts as well, and then with its trend', () =>
		undone(async () => {
			const item = await action('office', 'TEST4');
			const other = await action('second', 'TEST4', { status: 'assigned' });
			expect(await told('office', item)).toMatchObject({ kind: 'compared', units: 5 });
			await owner.query(`update public.action_items set status = 'in_progress' where id = $1`, [
				other
			]);
			expect(await told('office', item)).toMatchObject({
				kind: 'trend',
				units: null,
				slope: 0,
				mean: { estimate: 10, low: 10, high: 10 }
			});
		}));

	test('is told of nothing before work begins, after it was cancelled, or before three months are finished', () =>
		undone(async () => {
			for (const [status, kind] of [
				['assigned', 'not_begun'],
				['cancelled', 'cancelled']
			] as const)
				expect(await told('union', await action('office', 'TEST4', { status }))).toMatchObject({
					kind
				});
			await owner.query(
				`delete from public.totals where organisation_id = $1 and period = '2024-03'`,
				[the('office')]
			);
			// Without its own figure of March, and without the others' of February.
			const item = await action('office', 'TEST4');
			expect(await told('office', item)).toMatchObject({ kind: 'too_early', after: 2 });
			for (const name of ['second', 'third'])
				await owner.query(
					`update public.totals set value = null where organisation_id = $1 and period = '2024-02'`,
					[the(name)]
				);
			expect(await told('office', item)).toMatchObject({ kind: 'too_early', after: 1 });
		}));

	test('a month in which nothing was asked of it is no figure, and nothing that is hidden', () =>
		undone(async () => {
			const empty = [...before.slice(0, 7), '2024-02'];
			await report(
				'office',
				'test_done',
				'test_asked',
				empty.map((period) => [period, 0, 0])
			);
			const item = await action('office', 'TEST4');
			expect(await told('city', item)).toMatchObject({ kind: 'too_few_before', before: 5 });
			expect(await told('union', item)).toMatchObject({ kind: 'too_few_before', before: 5 });
		}));

	test('reads apart from it whether the expected value is there, of a finished month since then only', () =>
		undone(async () => {
			const item = await action('office', 'TEST4', { region: '310105' });
			expect((await told('union', item)).reached).toEqual({ period: '2024-03', value: 60 });
			await owner.query(`delete from public.totals where starts_on >= '2024-01-01'`);
			expect((await told('union', item)).reached).toBeNull();
		}));

	test('is judged by no figure that it does not make', () =>
		undone(async () => {
			const item = await action('office', 'TEST1', { region: '310115' });
			const mine = await action('second', 'TEST1');
			expect((await told('union', mine)).kind).toBe('not_its_own');
			// Where it is not even part of the region, the figure is the region's.
			expect(await told('union', item)).toMatchObject({ unit: 'county' });
		}));
});

describe('what others may learn from it', () => {
	test('of an office every seat reads the same, unless so few are counted that nobody is shown it', () =>
		undone(async () => {
			const item = await action('office', 'TEST4');
			const known = await told('office', item);
			for (const who of ['city', 'union', 'rival', 'second'])
				expect(await told(who, item), who).toEqual(known);
			await report('office', 'test_done', 'test_asked', [['2023-06', 4, 9]]);
			for (const who of ['union', 'rival', 'second'])
				expect(await told(who, item), who).toMatchObject({ kind: 'hidden', unit: 'organisation' });
			for (const who of ['city', 'office'])
				expect((await told(who, item)).kind, who).toBe('compared');
		}));

	test('persons of an office are counted to the next five for everybody but itself and its regulator', () =>
		undone(async () => {
			const counted = (signed: number) =>
				report(
					'office',
					'test_signed',
					'test_workers',
					[...before, ...after].map((period) => [period, signed, 103])
				);
			await counted(52);
			const item = await action('office', 'TEST1');
			for (const [who, mean] of [
				['office', 50.4854],
				['city', 50.4854],
				['union', 47.619],
				['rival', 47.619]
			] as const)
				expect(await told(who, item), who).toMatchObject({ kind: 'trend', before: { mean } });
			await counted(9);
			expect((await told('union', item)).kind).toBe('hidden');
			expect((await told('office', item)).kind).toBe('trend');
		}));

	test('of a platform only itself and its regulator read a figure, and only the regulator a comparison', () =>
		undone(async () => {
			const item = await action('platform', 'TEST1');
			expect(await told('platform', item)).toMatchObject({
				kind: 'trend',
				slope: 1,
				units: null,
				others: null,
				mean: { estimate: 5, low: 5, high: 5 },
				newest: { value: 59, estimate: 5 }
			});
			expect(await told('city', item)).toMatchObject({
				kind: 'compared',
				units: 5,
				others: 0,
				mean: { estimate: 12.5 }
			});
			for (const who of ['rival', 'union', 'office']) {
				const { reached, ...rest } = await told(who, item);
				expect(rest, who).toEqual({
					kind: 'hidden',
					unit: 'organisation',
					effective_on: effective
				});
				expect(reached?.period, who).toBe('2024-03');
			}
		}));

	test('no figure of a rival changes what anybody but the regulator is told of a platform', () =>
		undone(async () => {
			const item = await action('platform', 'TEST1');
			const parts = async (who: string) => {
				return JSON.stringify({ ...(await told(who, item)), reached: null });
			};
			const readers = ['platform', 'p3', 'union', 'office', 'city'];
			const first: string[] = [];
			for (const who of readers) first.push(await parts(who));
			await report(
				'rival',
				'test_signed',
				'test_workers',
				after.map((period) => [period, 77_777, 100_000])
			);
			for (const [at, who] of readers.entries()) {
				if (who === 'city') expect(await parts(who)).not.toBe(first[at]);
				else expect(await parts(who), who).toBe(first[at]);
			}
		}));

	test('strangers, and who has no seat, are told nothing', () =>
		undone(async () => {
			const item = await action('office', 'TEST4');
			expect(await told('outsider', item)).toBeNull();
			await expect(
				as(owner, null, (client) => client.query('select private.effect_of($1)', [item]))
			).rejects.toThrow('permission denied');
			const asked = await as(owner, people.outsider as Actor, (client) =>
				one(client, 'select private.effect_of($1)', [item])
			);
			expect(asked).toBeNull();
		}));
});
