import { expect, test } from 'vitest';
import { fiveSteps } from './steps.ts';

test('a legend has round numbers, and every value falls into a step', () => {
	const values = [21.3, 24, 33.9, 38.8];
	const steps = fiveSteps(values);
	expect(steps?.ranges).toEqual([
		[20, 24],
		[24, 28],
		[28, 32],
		[32, 36],
		[36, 40]
	]);
});

test.each([[[21.3, 38.8]], [[0, 1]], [[-3, 400]], [[99_998, 100_003]]])(
	'the least and the most of %j lie in the scale',
	(values) => {
		const steps = fiveSteps(values)!;
		expect(steps.ranges[0]![0]).toBeLessThanOrEqual(Math.min(...values));
		expect(steps.ranges[4]![1]).toBeGreaterThanOrEqual(Math.max(...values));
		for (const value of values) {
			const [from, to] = steps.ranges[steps.of(value) - 1]!;
			expect(value).toBeGreaterThanOrEqual(from);
			expect(value).toBeLessThanOrEqual(to);
		}
	}
);

test('districts that are all alike are in the middle, and no figures make no scale', () => {
	expect(fiveSteps([7, 7])?.of(7)).toBe(3);
	expect(fiveSteps([])).toBeNull();
});
