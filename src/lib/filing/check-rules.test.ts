import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { context, dataset } from '../../../tests/files/dataset.ts';
import type { Context } from './checked.ts';
import type { Entry } from './entry.ts';
import { checkRules } from './check-rules.ts';
import type { Rule } from '#lib/datasets/dataset.ts';
import { problemMessage } from './problem-message.ts';

type Told = { cell: string; rule: string; params: Record<string, string | number> };

/** What one rule tells of a filing given as [workers, insured] per region; null: missing. */
function told(
	rule: Pick<Rule, 'kind' | 'params'>,
	rows: (number | null)[][],
	compared: Partial<Context> = {}
): Told[] {
	const groups = rows.map((values, row) =>
		values.map((value, at): Entry => {
			const measure = dataset.measures[at];
			return {
				measure_code: measure?.code ?? '',
				region_code: `3101${String(row + 1).padStart(2, '0')}`,
				occupation: '',
				employment_mode: '',
				value,
				missing_reason: value === null ? 'late' : null,
				explanation: null,
				row: row + 2,
				cell: `${'CDE'[at]}${row + 2}`
			};
		})
	);
	const all: Told[] = [];
	const one: Rule = { code: 'this', severity: 'warning', ...rule };
	checkRules(
		groups,
		{ ...dataset, rules: [one] },
		{ ...context, ...compared },
		(entry, _, code, params) => all.push({ cell: entry.cell, rule: code, params })
	);
	return all;
}

const sums = (values: number[], measure = 'workers', year = 2025) => ({
	sums: values.map((value, back) => ({
		measure,
		name_zh: '测试',
		name_en: 'test',
		period: `${year}-${String(12 - back).padStart(2, '0')}`,
		value
	}))
});

describe('a jump against the last period', () => {
	const rule = { kind: 'jump', params: { measure: 'workers', percent: 50 } } as const;
	const previous = new Map([
		['workers|310101||', 100],
		['workers|310102||', 0]
	]);

	test('is told at each cell that jumps, up or down', () => {
		const down = new Map([['workers|310101||', -100]]);
		expect(told(rule, [[151, 1]], { previous })).toMatchObject([
			{ cell: 'C2', params: { before: 100, change: 51, limit: 50 } }
		]);
		expect(told(rule, [[49, 1]], { previous })).toMatchObject([{ params: { change: -51 } }]);
		expect(told(rule, [[-151, 1]], { previous: down })).toMatchObject([
			{ params: { change: -51 } }
		]);
	});

	test('is not told at the limit, of a new cell, of a missing one, after zero, or without history', () => {
		expect(told(rule, [[150, 1]], { previous })).toEqual([]);
		expect(
			told(
				rule,
				[
					[null, 1],
					[900, 1],
					[900, 1]
				],
				{ previous }
			)
		).toEqual([]);
		expect(told(rule, [[900, 1]])).toEqual([]);
	});

	test('is not told between small figures', () => {
		const small = { ...rule, params: { ...rule.params, least: 200 } };
		expect(told(small, [[160, 1]], { previous })).toEqual([]);
		expect(told(small, [[201, 1]], { previous })).toHaveLength(1);
	});
});

describe('a z-score against the own last periods', () => {
	const rule = { kind: 'z_score', params: { measure: 'workers', z: 3 } } as const;
	const steady = [100, 102, 98, 101, 99, 100];

	test('states the value, the mean, the spread, how many periods and z', () => {
		const [warning] = told(
			rule,
			[
				[60, 1],
				[50, 1]
			],
			sums(steady)
		);
		expect(warning).toMatchObject({
			cell: 'C2',
			params: { found: 110, mean: 100, spread: 1.41421, periods: 6, z: 7.1, limit: 3 }
		});
		const message = problemMessage({ rule: 'this', params: warning?.params ?? {} }, 'en');
		expect(message).toContain('z = (110 − 100) ÷ 1.41421 = 7.1');
		expect(message).toContain('the 6 periods before');
	});

	test('is not told of a usual total, of five periods, of periods alike, or with a cell missing', () => {
		expect(told(rule, [[103, 1]], sums(steady))).toEqual([]);
		expect(told(rule, [[900, 1]], sums(steady.slice(0, 5)))).toEqual([]);
		expect(told(rule, [[900, 1]], sums([100, 100, 100, 100, 100, 100]))).toEqual([]);
		expect(told(rule, [[0.3, 1]], sums(Array.from({ length: 6 }, () => 0.1 + 0.2)))).toEqual([]);
		expect(
			told(
				rule,
				[
					[900, 1],
					[null, 1]
				],
				sums(steady)
			)
		).toEqual([]);
		expect(told(rule, [[900, 1]], sums(steady, 'insured'))).toEqual([]);
	});

	test('looks at the newest twelve periods before its own', () => {
		const own = {
			measure: 'workers',
			name_zh: '',
			name_en: '',
			period: context.period,
			value: 1e6
		};
		const old = sums([1, 1e6, 1, 1e6], 'workers', 2024).sums;
		const twelve = sums([...steady, ...steady]).sums;
		const [warning] = told(rule, [[110, 1]], { sums: [own, ...old, ...twelve] });
		expect(warning?.params).toMatchObject({ periods: 12, mean: 100 });
	});

	test('does not depend on the unit', () => {
		const figure = fc.integer({ min: 1, max: 1_000_000 });
		fc.assert(
			fc.property(
				fc.array(figure, { minLength: 6, maxLength: 12 }),
				figure,
				fc.constantFrom(2, 10, 1000),
				(history, value, factor) => {
					const here = told(rule, [[value, 1]], sums(history));
					const scaled = told(
						rule,
						[[value * factor, 1]],
						sums(history.map((one) => one * factor))
					);
					expect(scaled.map(({ params }) => params['z'])).toEqual(
						here.map(({ params }) => params['z'])
					);
				}
			)
		);
	});

	test('never finds a figure unusual that lies between the least and the greatest of the history', () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 6, maxLength: 12 }),
				fc.nat(),
				(history, pick) => {
					// With n points no point lies further than (n − 1)/√n < 3.2 deviations from their mean.
					const value = history[pick % history.length] ?? 0;
					const wide = { ...rule, params: { ...rule.params, z: 3.2 } };
					expect(told(wide, [[value, 1]], sums(history))).toEqual([]);
				}
			)
		);
	});
});

describe('a rate among peers', () => {
	const rule = {
		kind: 'peer_outlier',
		params: { measure: 'insured', denominator: 'workers', k: 1.5 }
	} as const;
	const fences = [
		{ measure: 'insured', denominator: 'workers', k: 1.5, lower: 0.4, upper: 0.8123 }
	];

	test('outside the usual range is told without what peers filed', () => {
		const [warning] = told(
			rule,
			[
				[60, 60],
				[40, 35]
			],
			{ fences }
		);
		expect(warning).toMatchObject({ cell: 'D2', params: { found: 95 } });
		for (const language of ['zh-CN', 'en'] as const) {
			const message = problemMessage({ rule: 'this', params: warning?.params ?? {} }, language);
			expect(message).toContain('95');
			expect(message).not.toMatch(/0\.?4|0\.?8|40|81/);
		}
		expect(JSON.stringify(warning)).not.toMatch(/0\.4|0\.8/);
	});

	test('inside it, at its edge, with too few peers, of nobody or with a cell missing is not told', () => {
		expect(told(rule, [[100, 50]], { fences })).toEqual([]);
		expect(told(rule, [[100, 40]], { fences })).toEqual([]);
		expect(told(rule, [[100, 99]], { fences: [] })).toEqual([]);
		expect(told(rule, [[0, 0]], { fences })).toEqual([]);
		expect(
			told(
				rule,
				[
					[100, 99],
					[null, 1]
				],
				{ fences }
			)
		).toEqual([]);
	});

	test('is compared with the range of its own rule', () => {
		const wider = { ...rule, params: { ...rule.params, k: 3 } };
		expect(told(wider, [[100, 99]], { fences })).toEqual([]);
	});
});

describe('a figure of another file', () => {
	const rule = {
		kind: 'cross_file',
		params: { measure: 'workers', other: 'visits', of: 'same', percent: 5 }
	} as const;
	const visits = (period: string, value: number) => ({
		sums: [{ measure: 'visits', name_zh: '走访', name_en: 'Visits', period, value }]
	});

	test('must match within the tolerance', () => {
		expect(
			told(
				rule,
				[
					[50, 1],
					[55, 1]
				],
				visits('2026-03', 100)
			)
		).toEqual([]);
		expect(
			told(
				rule,
				[
					[50, 1],
					[56, 1]
				],
				visits('2026-03', 100)
			)
		).toMatchObject([
			{ cell: 'C2', params: { found: 106, expected: 100, other_en: 'Visits', of: '2026-03' } }
		]);
	});

	test('of a longer period counts when it ends on the same day', () => {
		expect(told(rule, [[200, 1]], visits('2026-Q1', 100))).toHaveLength(1);
		expect(told(rule, [[200, 1]], visits('2026-H1', 100))).toEqual([]);
	});

	test('may be the one of the period before', () => {
		const before = { ...rule, params: { ...rule.params, of: 'previous' as const } };
		expect(told(before, [[200, 1]], visits('2026-02', 100))).toHaveLength(1);
		expect(told(before, [[200, 1]], visits('2026-01', 100))).toEqual([]);
		expect(told(before, [[200, 1]], { ...visits('2025-Q4', 100), period: '2026-01' })).toHaveLength(
			1
		);
	});

	test('that waits for review counts before what was accepted', () => {
		const accepted = visits('2026-03', 100).sums;
		const waiting = visits('2026-03', 200).sums.map((sum) => ({ ...sum, waiting: true }));
		const both = { sums: [...accepted, ...waiting] };
		expect(told(rule, [[200, 1]], both)).toEqual([]);
		expect(told(rule, [[100, 1]], both)).toMatchObject([{ params: { expected: 200 } }]);
	});

	test('that is not there says nothing', () => {
		expect(told(rule, [[200, 1]], { sums: [] })).toEqual([]);
		expect(told(rule, [[200, 1]])).toEqual([]);
		expect(told(rule, [[null, 1]], visits('2026-03', 100))).toEqual([]);
	});
});
