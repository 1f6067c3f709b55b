import { expect, test } from 'vitest';
import { barOf, divisions, groupName, type Group } from './groups.ts';

const group = (
	dimension: Group['dimension'],
	group_code: string,
	more: Partial<Group> = {}
): Group => ({
	dimension,
	group_code,
	name_zh: group_code && `${group_code} 中`,
	name_en: group_code && `${group_code} en`,
	numerator: null,
	denominator: null,
	value: null,
	share: null,
	hidden: null,
	contributors: 3,
	own_value: null,
	kept_on: null,
	...more
});

test('a figure that nobody divides has no divisions', () => {
	expect(divisions([])).toEqual([]);
});

test('occupations come before employment modes, each with bars of its own length from zero', () => {
	const [occupations, modes] = divisions([
		group('employment_mode', 'dedicated', { value: 40 }),
		group('occupation', 'rider', { value: 80, kept_on: '2026-10-10' }),
		group('occupation', 'courier', { value: 20 }),
		group('occupation', 'streamer', { hidden: 'too_few_contributors' }),
		group('occupation', '', { value: -4 })
	]);
	expect([occupations?.dimension, modes?.dimension]).toEqual(['occupation', 'employment_mode']);
	expect(occupations?.groups.map((one) => barOf(one, occupations))).toEqual([100, 25, null, null]);
	expect(modes?.groups.map((one) => barOf(one, modes))).toEqual([100]);
	expect(occupations?.kept_on).toBe('2026-10-10');
	expect(occupations?.hidden).toBeNull();
});

test('what hides every group is said once', () => {
	const of = (...reasons: (string | null)[]) =>
		divisions(reasons.map((hidden, at) => group('occupation', String(at), { hidden })))[0]?.hidden;
	expect(of('whole_only', 'whole_only')).toBe('whole_only');
	expect(of('whole_only', 'dominated')).toBeNull();
	expect(of('whole_only', null)).toBeNull();
});

test('what was filed without a group has a name too', () => {
	expect(groupName({ name_zh: '骑手', name_en: null })).toBe('骑手');
	expect(groupName(group('occupation', ''))).not.toBe('');
});
