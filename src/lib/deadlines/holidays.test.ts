import { expect, test } from 'vitest';
import { missingYears } from './holidays.ts';

test('the secretariat learns which year of holidays is missing', () => {
	const known = [2024, 2025, 2026];
	expect(missingYears(['2026-12-15', '2027-01-18', '2027-02-10'], known)).toEqual([2027]);
	expect(missingYears(['2026-12-15'], known)).toEqual([]);
});
