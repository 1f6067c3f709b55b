import { expect, test } from 'vitest';
import { spark } from './spark.ts';

test('a small line has a gap where a month is missing and a dot where a value stands alone', () => {
	expect(spark([0, 10, null, 5], null, 30, 20, 0)).toEqual({
		line: 'M0 20L10 0M30 10h0',
		last: { x: 30, y: 10 },
		target: null
	});
});

test('the tick of a target far above stays inside the box', () => {
	const { target } = spark([1, 2], 50, 30, 20, 2);
	expect(target).toBe(2);
});

test('figures that never change are a level line, and no figures are nothing', () => {
	expect(spark([3, 3], null, 30, 20, 0).line).toBe('M0 10L30 10');
	expect(spark([null, null], 3, 30, 20).line).toBe('');
});
