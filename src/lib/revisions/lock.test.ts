import { describe, expect, test } from 'vitest';
import { isLocked, runningException } from './lock.ts';

describe('an accepted filing', () => {
	test('is open on its last day and locked on the next', () => {
		expect(isLocked('2026-06-30', '2026-06-30')).toBe(false);
		expect(isLocked('2026-06-30', '2026-07-01')).toBe(true);
	});

	test('never locks where the council has no lock', () => {
		expect(isLocked(null, '2099-01-01')).toBe(false);
	});

	test('may be corrected under the newest exception that still runs', () => {
		const [ended, runs] = [{ until: '2026-06-30' }, { until: '2026-07-05' }];
		expect(runningException([runs, ended], '2026-07-05')).toBe(runs);
		expect(runningException([ended, runs], '2026-07-06')).toBeNull();
		expect(runningException([], '2026-07-06')).toBeNull();
	});
});
