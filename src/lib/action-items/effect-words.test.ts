import { describe, expect, it } from 'vitest';
import { effectWords } from './effect-words.ts';
import type { Measured } from './effect.ts';

const around = {
	before: { from: '2025-05', until: '2026-04', periods: 12, mean: 70.43 },
	after: { from: '2026-06', until: '2026-09', periods: 4, mean: 84.95 },
	mean: { estimate: 11.594, low: 3.88, high: 19.308 },
	newest: { period: '2026-09', value: 94.87, estimate: 20.69, low: 7.75, high: 33.64 },
	slope: -0.201
};
const compared: Measured = { ...around, kind: 'compared', units: 11, others: 2.93 };
const trend: Measured = { ...around, kind: 'trend', units: null, others: null };

describe('an official who reads what is said of an effect', () => {
	it('is told what the change is compared with, how sure it is, and what it rests on', () => {
		const said = effectWords(compared, { unit: '长宁区', of: 'county' }, '%', 1);
		expect(said.verdict).toBe(
			'与没有这项任务的其他区同期的变化相比 +11.6 个百分点（95% 区间 +3.9 至 +19.3）'
		);
		expect(said.details.map((line) => line.replaceAll(' ', ' '))).toEqual([
			'长宁区：2025年5月至2026年4月平均 70.4 %，2026年6月至2026年9月平均 85.0 %。',
			'11 个没有这项任务的其他区同期平均变化 +2.9 个百分点。',
			'最近一期2026年9月为 94.9 %，同样相比 +20.7 个百分点（+7.8 至 +33.6）。'
		]);
	});

	it('reads of organisations where it is one, and of the trend where nothing is comparable', () => {
		expect(effectWords(compared, { unit: '天山', of: 'organisation' }, '%', 1).verdict).toContain(
			'同类单位'
		);
		const said = effectWords(trend, { unit: '浦东新区', of: 'county' }, '%', 1);
		expect(said.verdict).toContain('与原有趋势相比 +11.6');
		expect(said.details).toContain('决定生效前每期变化 −0.20 个百分点。');
		expect(said.details).toContain('没有足够的同类可比，只与原有趋势相比。');
	});

	it('of the whole, which has nothing beside it, is not told that something is lacking', () => {
		const { details } = effectWords(
			{ ...trend, steady: true },
			{ unit: '全域', of: 'whole' },
			'',
			1
		);
		expect(details.join()).not.toContain('可比');
		expect(details).toContain('只计各期都有数字的单位。');
		expect(details).toContain('决定生效前每期变化 −0.20。');
	});
});
