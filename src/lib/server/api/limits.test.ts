import { describe, expect, test } from 'vitest';
import { buckets } from './limits.ts';

describe('a system that asks too often', () => {
	test('is told how long to wait, and goes on after that', () => {
		let now = 0;
		const limit = buckets(6, () => now);
		for (let asked = 0; asked < 6; asked++) expect(limit.take('ours')).toBe(0);
		expect(limit.take('ours')).toBe(10);
		now = 9_000;
		expect(limit.take('ours')).toBe(1);
		now = 10_000;
		expect(limit.take('ours')).toBe(0);
		expect(limit.take('ours')).toBe(10);
	});

	test('costs nobody else anything', () => {
		const limit = buckets(1, () => 0);
		expect(limit.take('ours')).toBe(0);
		expect(limit.take('ours')).toBe(60);
		expect(limit.take('rival')).toBe(0);
	});

	test('is let in again after a quiet time, with no more than a minute holds', () => {
		let now = 0;
		const limit = buckets(2, () => now);
		limit.take('ours');
		limit.take('ours');
		now = 3_600_000;
		expect([1, 2, 3].map(() => limit.take('ours'))).toEqual([0, 0, 30]);
	});

	test('does not fill the memory under many names', () => {
		let now = 0;
		const limit = buckets(1, () => now);
		for (let name = 0; name < 50_000; name++) {
			now++;
			limit.take(`guess ${name}`);
		}
		expect(limit.take('ours')).toBe(0);
	});
});
