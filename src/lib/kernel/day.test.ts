import { expect, test, vi } from 'vitest';
import { dayAfter, dayOf, today } from './day.ts';

test('before eight in the morning in Shanghai it is a new day there already, though not in Greenwich', () => {
	expect(dayOf('2026-03-31T15:59:59Z')).toBe('2026-03-31');
	expect(dayOf('2026-03-31T16:00:00Z')).toBe('2026-04-01');
	vi.setSystemTime('2026-12-31T16:30:00Z');
	expect(today()).toBe('2027-01-01');
	expect(today(-1)).toBe('2026-12-31');
	vi.useRealTimers();
});

test('days are counted over the ends of months and years', () => {
	expect(dayAfter('2026-02-28', 1)).toBe('2026-03-01');
	expect(dayAfter('2026-01-01', -1)).toBe('2025-12-31');
	expect(dayAfter('2026-01-01', 0)).toBe('2026-01-01');
});
