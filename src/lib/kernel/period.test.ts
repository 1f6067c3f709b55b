import { expect, test } from 'vitest';
import { firstDay, lastDay, monthsBefore, periodOr } from './period.ts';

test('a month, quarter, half-year and year begin and end on their days', () => {
	expect([firstDay('2024-02'), lastDay('2024-02')]).toEqual(['2024-02-01', '2024-02-29']);
	expect([firstDay('2026-Q2'), lastDay('2026-Q2')]).toEqual(['2026-04-01', '2026-06-30']);
	expect([firstDay('2026-H2'), lastDay('2026-H2')]).toEqual(['2026-07-01', '2026-12-31']);
	expect([firstDay('2026'), lastDay('2026')]).toEqual(['2026-01-01', '2026-12-31']);
});

test('what somebody typed into the address is a period or nothing', () => {
	expect(periodOr('2026-Q4')).toBe('2026-Q4');
	expect(periodOr('2026-13')).toBeNull();
	for (const slip of ['0226-03', '0000-01', '9999-12', '2206']) expect(periodOr(slip)).toBeNull();
	expect(periodOr("2026'; --")).toBeNull();
	expect(periodOr(null)).toBeNull();
});

test('a window of months reaches back over the turn of a year', () => {
	expect(monthsBefore('2026-03-20', 5)).toBe('2025-10-01');
	expect(monthsBefore('2026-03-20', 24)).toBe('2024-03-01');
});
