import { describe, expect, it } from 'vitest';
import { effect } from './effect.ts';

const point = (period: string, value: number | null, definition_version = 1) => ({
	period,
	value,
	definition_version
});
const points = [
	point('2026-01', 40),
	point('2026-02', 42),
	point('2026-03', null),
	point('2026-04', 46),
	point('2026-05', 51)
];
const asked = {
	points,
	baselinePeriod: '2026-02',
	decidedOn: '2026-03-20',
	expected: 50,
	direction: 'higher' as const
};

describe('an office that reads what its work brought', () => {
	it('sees the change from the agreed baseline to the newest period after the decision', () => {
		expect(effect(asked)).toEqual({
			kind: 'measured',
			before: { period: '2026-02', value: 42 },
			after: { period: '2026-05', value: 51 },
			change: 9,
			better: true,
			reached: true
		});
	});

	it('is not told of an improvement where lower is better', () => {
		expect(effect({ ...asked, direction: 'lower', expected: 30 })).toMatchObject({
			better: false,
			reached: false
		});
	});

	it('is told that it is too early while no period has begun since the decision', () => {
		expect(effect({ ...asked, decidedOn: '2026-05-02' })).toEqual({
			kind: 'nothing_after',
			before: { period: '2026-02', value: 42 }
		});
	});

	it('gets no comparison without a baseline, nor across a changed definition', () => {
		expect(effect({ ...asked, baselinePeriod: '2025-12' })).toEqual({ kind: 'no_baseline' });
		expect(
			effect({ ...asked, points: [...points.slice(0, 4), point('2026-05', 51, 2)] }).kind
		).toBe('definition_changed');
	});

	it('takes the last period before the decision where no baseline was agreed', () => {
		expect(effect({ ...asked, baselinePeriod: null })).toMatchObject({
			before: { period: '2026-02', value: 42 }
		});
	});

	it('reads a neutral indicator by the value expected, and else says neither better nor worse', () => {
		expect(effect({ ...asked, direction: 'neutral' })).toMatchObject({ better: true });
		expect(effect({ ...asked, direction: 'neutral', expected: null })).toMatchObject({
			better: null,
			reached: null
		});
	});
});
