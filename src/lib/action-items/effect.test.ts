import { describe, expect, it } from 'vitest';
import { isReached, verdict, type Measured } from './effect.ts';

const measured = (low: number, high: number): Measured => ({
	kind: 'compared',
	before: { from: '2025-05', until: '2026-04', periods: 12, mean: 70 },
	after: { from: '2026-06', until: '2026-09', periods: 4, mean: 85 },
	mean: { estimate: (low + high) / 2, low, high },
	newest: { period: '2026-09', value: 95, estimate: 20, low: 10, high: 30 },
	slope: 0.1,
	units: 15,
	others: 3
});
const higher = { direction: 'higher', expected: null } as const;
const lower = { direction: 'lower', expected: null } as const;

describe('an office that reads what its work brought', () => {
	it('is told better or worse only where the whole interval says so', () => {
		expect(verdict(measured(3.6, 19.8), higher)).toBe('better');
		expect(verdict(measured(3.6, 19.8), lower)).toBe('worse');
		expect(verdict(measured(-19.8, -3.6), lower)).toBe('better');
		expect(verdict(measured(-0.1, 19.8), higher)).toBe('unclear');
		expect(verdict(measured(-4.9, 5), lower)).toBe('unclear');
	});

	it('sees no change where nothing moved and nothing ever varied', () => {
		expect(verdict(measured(0, 0), higher)).toBe('unclear');
	});

	it('is judged by the value expected where the indicator wants neither side, and not at all without one', () => {
		expect(verdict(measured(3, 9), { direction: 'neutral', expected: 80 })).toBe('better');
		expect(verdict(measured(3, 9), { direction: 'neutral', expected: 60 })).toBe('worse');
		expect(verdict(measured(3, 9), { direction: 'neutral', expected: null })).toBe('changed');
		expect(verdict(measured(3, 9), { direction: 'range', expected: 70 })).toBe('changed');
	});

	it('reads apart from it whether the expected value is there', () => {
		expect(isReached(88, 88, { direction: 'higher', before: null })).toBe(true);
		expect(isReached(87.9, 88, { direction: 'higher', before: 95 })).toBe(false);
		expect(isReached(2, 3, { direction: 'lower', before: null })).toBe(true);
		expect(isReached(75, 80, { direction: 'neutral', before: 70 })).toBe(false);
		expect(isReached(75, 80, { direction: 'neutral', before: 90 })).toBe(true);
		expect(isReached(75, 80, { direction: 'neutral', before: null })).toBeNull();
	});
});
