import { expect, test } from 'vitest';
import type { Indicator } from '#lib/indicators/registry.ts';
import type { OverviewFigure } from './overview.ts';
import { overviewRows } from './rows.ts';

const indicator = (code: string, kind: string) =>
	({
		code,
		unit: { symbol_zh: '%', symbol_en: '%' },
		direction: 'higher',
		definitions: [{ kind }]
	}) as Indicator;
const figure = (code: string, more: Partial<OverviewFigure>) =>
	({
		code,
		period: '2026-09',
		version: 1,
		value: 60,
		finished: true,
		trend: [],
		aim: { kind: 'floor', value: 80, upper_value: null, period: '2026' },
		judged: null,
		...more
	}) as OverviewFigure;
const judged = (value: number, denominator: number | null) => ({
	period: '2026',
	value,
	denominator,
	hidden: null,
	parts: 9,
	needed: 12,
	newest: '2026-09',
	way: 'sum' as const
});
const of = (kind: string, more: Partial<OverviewFigure>) =>
	overviewRows([indicator('A', kind)], [figure('A', more)])[0]!;

test('an indicator stands to its target by its newest figure', () => {
	expect(of('ratio', {})).toMatchObject({ distance: -0.25, judged: null, counts: false });
});

test('what is added up over the period of its target stands by that, a count beside the part of the time passed', () => {
	expect(of('ratio', { judged: judged(88, 1000) }).distance).toBeCloseTo(0.1);
	expect(of('sum', { judged: judged(60, null) })).toMatchObject({
		distance: 0,
		judged: { value: 60, newest: '2026-09' },
		counts: true
	});
});

test('of an unfinished period no state is told', () => {
	expect(of('ratio', {}).status).not.toBeNull();
	expect(of('ratio', { finished: false }).status).toBeNull();
});

test('an indicator without a figure is left out', () => {
	expect(overviewRows([indicator('A', 'ratio'), indicator('B', 'ratio')], [])).toEqual([]);
});
