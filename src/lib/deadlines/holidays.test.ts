import { expect, test } from 'vitest';
import { missingYears } from './holidays.ts';

test('the secretariat learns which year of holidays is missing', () => {
	const known = [2024, 2025, 2026];
	expect(missingYears([2026, 2027], known)).toEqual([2027]);
	expect(missingYears([2026], known)).toEqual([]);
});
