import { expect, test } from 'vitest';
import { distanceAxis, distanceTo, worstFirst } from './distance.ts';

const aim = (kind: 'floor' | 'ceiling' | 'range', value: number, upper: number | null = null) => ({
	kind,
	value,
	upper_value: upper,
	period: '2026'
});

test('what falls short of a target is below zero, whichever side is better', () => {
	expect(distanceTo(aim('floor', 80), 60)).toBe(-0.25);
	expect(distanceTo(aim('floor', 80), 88)).toBeCloseTo(0.1);
	expect(distanceTo(aim('ceiling', 10), 12)).toBeCloseTo(-0.2);
	expect(distanceTo(aim('ceiling', 10), 9)).toBeCloseTo(0.1);
	expect(distanceTo(aim('range', 10, 20), 25)).toBeCloseTo(-0.5);
	expect(distanceTo(aim('range', 10, 20), 12)).toBeCloseTo(0.2);
});

test('nothing is a share of a target of zero', () => {
	expect(distanceTo(aim('ceiling', 0), 3)).toBeNull();
});

test('the farthest short comes first, what cannot be measured last', () => {
	const rows = [0.1, null, -0.3, -0.01].map((distance) => ({ distance, status: null }));
	expect(worstFirst(rows).map(({ distance }) => distance)).toEqual([-0.3, -0.01, 0.1, null]);
});

test('one axis holds all distances, with the target on a tick and few of them', () => {
	const axis = distanceAxis([-0.221, -0.168, 0.07]);
	expect(axis.ticks).toEqual([-0.3, -0.2, -0.1, 0, 0.1]);
	expect(axis.at(-0.3)).toBeCloseTo(0);
	expect(axis.at(0)).toBeCloseTo(0.75);
	expect(axis.beyond(-0.221)).toBe(false);
});

test('a wild figure is drawn at the end and does not press the others together', () => {
	const axis = distanceAxis([-0.05, 12]);
	expect(axis.at(12)).toBe(1);
	expect(axis.beyond(12)).toBe(true);
	expect(axis.at(0) - axis.at(-0.05)).toBeGreaterThan(0.04);
});

test('figures that all lie on their targets still have an axis', () => {
	expect(distanceAxis([0]).ticks).toContain(0);
	expect(distanceAxis([]).ticks.length).toBeGreaterThan(1);
});
