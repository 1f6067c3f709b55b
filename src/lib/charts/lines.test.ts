import { expect, test } from 'vitest';
import { latest, lineShape } from './lines.ts';
import { continuous, nextPeriod } from '#lib/kernel/period.ts';

const points = (values: Record<string, number | null>) =>
	Object.entries(values).map(([period, value]) => ({ period, value }));

test('a month that nobody filed is a gap, not a straight line', () => {
	const shape = lineShape({
		series: [{ key: 'a', name: 'A', points: points({ '2025-11': 1, '2026-01': 3 }) }]
	});
	expect(shape.periods).toEqual(['2025-11', '2025-12', '2026-01']);
	expect(shape.lines[0]?.values).toEqual([1, null, 3]);
});

test('a hidden small count is not drawn, whatever value came with it', () => {
	const shape = lineShape({
		series: [{ key: 'a', name: 'A', points: [{ period: '2026-01', value: 7, below: 10 }] }]
	});
	expect(shape.lines[0]?.values).toEqual([null]);
});

test('a reader is told the change since the last period', () => {
	const shape = lineShape({
		series: [{ key: 'a', name: 'A', points: points({ '2026-01': 28, '2026-02': 29 }) }],
		target: 35
	});
	expect(latest(shape)).toEqual({ period: '2026-02', value: 29, change: 1, target: 35 });
});

test('nobody is told a change across a new definition or a gap', () => {
	const series = [{ key: 'a', name: 'A', points: points({ '2026-01': 28, '2026-02': 40 }) }];
	const cut = lineShape({ series, breaks: [{ period: '2026-02', label: '口径调整' }] });
	expect(latest(cut)?.change).toBeNull();
	const gap = [{ key: 'a', name: 'A', points: points({ '2025-12': 28, '2026-02': 40 }) }];
	expect(latest(lineShape({ series: gap }))?.change).toBeNull();
});

test('a target that changes is drawn where it holds', () => {
	const shape = lineShape({
		series: [{ key: 'a', name: 'A', points: points({ '2026-01': 1, '2026-02': 2 }) }],
		target: [{ period: '2026-02', value: 5 }]
	});
	expect(shape.target).toEqual([null, 5]);
});

test('what happened outside the periods shown is left out', () => {
	const shape = lineShape({
		series: [{ key: 'a', name: 'A', points: points({ '2026-01': 1 }) }],
		events: [{ period: '2024-01', label: 'x' }]
	});
	expect(shape.events).toEqual([]);
});

test.each([
	['2026-12', '2027-01'],
	['2026-09', '2026-10'],
	['2026-Q4', '2027-Q1'],
	['2026-H1', '2026-H2'],
	['2026', '2027']
])('after %s comes %s', (code, next) => {
	expect(nextPeriod(code)).toBe(next);
});

test('periods of different lengths are left as they are rather than looped over for ever', () => {
	expect(continuous(['2026', '2026-03'])).toEqual(['2026', '2026-03']);
});
