import { expect, test } from 'vitest';
import { actingFor } from './acting.ts';

const union = { organisation_id: 'union' };
const office = { organisation_id: 'office' };

test('a person acts for the organisation they chose', () => {
	expect(actingFor([union, office], 'office')).toBe(office);
});

test('a choice that is no longer theirs falls back to the first', () => {
	expect(actingFor([union], 'office')).toBe(union);
	expect(actingFor([union, office], undefined)).toBe(union);
});

test('without a membership nobody acts for anybody', () => {
	expect(actingFor([], 'office')).toBeNull();
});
