import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { one, openStage, type Stage } from './council.ts';

// How a change after a decision is measured, against numbers worked out elsewhere.

let stage: Stage;
let owner: Client;

beforeAll(async () => {
	stage = await openStage('effect-statistics');
	owner = stage.owner;
}, 180_000);

afterAll(() => stage?.close());

const month = (number: number) =>
	`${2023 + Math.floor((number - 1) / 12)}-${String(((number - 1) % 12) + 1).padStart(2, '0')}`;

describe('the statistics', () => {
	type Cell = { unit?: string; month: number; value: number | null; version?: number };

	/** Of months of which 13 and later come after; without a unit it is the one that acted. */
	const measured = (cells: Cell[], comparing = false) =>
		one<Record<string, unknown>>(
			owner,
			`select private.measured_effect(array(
				select row(x.unit, x.unit = 'own', private.period_start(x.period), x.period, 1, x.version, x.month > 12, false, x.value)::private.effect_cell
				from jsonb_to_recordset($1) as x (unit text, month integer, period text, version smallint, value double precision)
			), $2)`,
			[
				JSON.stringify(
					cells.map(({ unit = 'own', version = 1, ...cell }) => ({
						...cell,
						unit,
						version,
						period: month(cell.month)
					}))
				),
				comparing
			]
		);
	const row = (from: number, until: number, value: (month: number) => number | null) =>
		Array.from({ length: until - from + 1 }, (_, at) => ({
			month: from + at,
			value: value(from + at)
		}));

	test("a 95 % interval is as wide as Student's t says", async () => {
		// scipy.stats.t.ppf(0.975, range(1, 31)), scipy 1.15.
		const quantiles = [
			12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157,
			2.228139, 2.200985, 2.178813, 2.160369, 2.144787, 2.13145, 2.119905, 2.109816, 2.100922,
			2.093024, 2.085963, 2.079614, 2.073873, 2.068658, 2.063899, 2.059539, 2.055529, 2.051831,
			2.048407, 2.04523, 2.042272
		];
		const { rows } = await owner.query<{ t: number }>(
			'select private.t_quantile(d) as t from generate_series(1, 30) d order by d'
		);
		expect(rows.map(({ t }) => t)).toEqual(quantiles);
		expect(await one<number>(owner, 'select private.t_quantile(31)')).toBe(1.96);
		expect(await one<number | null>(owner, 'select private.t_quantile(0)')).toBeNull();
	});

	test('a line that goes on as before shows no effect, whatever its slope', async () => {
		const noisy = (month: number) => 40 + month + (month % 2 ? 0.3 : -0.3);
		const { mean } = (await measured(row(1, 16, noisy))) as {
			mean: { low: number; high: number };
		};
		expect(mean.low).toBeLessThan(0);
		expect(mean.high).toBeGreaterThan(0);
	});

	test('the interval of a trend is that of a regression', async () => {
		// numpy and scipy on 1…12 → 50, with ±1 in turn, and 60 in 13, 14, 15.
		const effect = await measured(row(1, 15, (month) => (month > 12 ? 60 : month % 2 ? 51 : 49)));
		expect(effect).toMatchObject({
			kind: 'trend',
			slope: -0.042,
			mean: { estimate: 10.3147, low: 8.1411, high: 12.4883 },
			newest: { estimate: 10.3566, low: 7.3127, high: 13.4006 }
		});
	});

	test('months that are missing are no step of the trend', async () => {
		const gap = row(1, 15, (month) => 40 + month + (month > 12 ? 5 : 0)).filter(
			({ month }) => month !== 6 && month !== 7 && month !== 13
		);
		expect(await measured([...gap, { month: 16, value: 61 }])).toMatchObject({
			kind: 'trend',
			slope: 1,
			mean: { estimate: 5, low: 5, high: 5 }
		});
	});

	test('nothing is said of fewer than six periods before, nor across a new definition, nor of what is hidden', async () => {
		const flat = (from: number, until: number, version = 1) =>
			row(from, until, () => 50).map((cell) => ({ ...cell, version }));
		expect(await measured(flat(8, 16))).toEqual({ kind: 'too_few_before', before: 5 });
		expect(await measured(flat(7, 15))).toMatchObject({ kind: 'trend' });
		expect(await measured(flat(7, 14))).toEqual({ kind: 'too_early', after: 2 });
		expect(await measured([...flat(1, 10), ...flat(11, 16, 2)])).toEqual({
			kind: 'definition_changed'
		});
		expect(await measured(row(1, 16, (month) => (month < 9 ? null : 50)))).toEqual({
			kind: 'hidden'
		});
	});

	test('four like it are too few to compare with, and who lacks a month is none', async () => {
		const like = (units: number, until = 15) =>
			Array.from({ length: units }, (_, at) =>
				row(1, until, () => 50).map((cell) => ({ ...cell, unit: `unit ${at}` }))
			).flat();
		const own = row(1, 15, (month) => (month > 12 ? 55 : 50));
		expect(await measured([...own, ...like(5)], true)).toMatchObject({ kind: 'compared' });
		expect(await measured([...own, ...like(4)], true)).toMatchObject({ kind: 'trend' });
		expect(await measured([...own, ...like(5, 14)], true)).toMatchObject({ kind: 'trend' });
		expect(await measured([...own, ...like(5)], false)).toMatchObject({ kind: 'trend' });
	});
});
