import { expect, test } from 'vitest';
import { seesExactly } from './exact.ts';
import { hiddenFigure, hiddenReason, hiddenWord, protection, reasonsAmong } from './hidden.ts';

const keys = [
	'restricted',
	'statistic',
	'too_few_contributors',
	'fewer_than_threshold',
	'dominated',
	'complementary',
	'no_denominator',
	'incomplete',
	'whole_only',
	'not_finished',
	'no_data'
];

test('every reason for hiding a figure has a word of its own and a sentence', () => {
	const words = keys.map((key) => hiddenWord(key, 10));
	expect(new Set(words).size).toBe(keys.length);
	for (const key of keys) expect(hiddenReason(key, 10).length).toBeGreaterThan(10);
});

test('a small count says which threshold hides it', () => {
	expect(hiddenWord('fewer_than_threshold', 20)).toContain('20');
	expect(hiddenFigure('fewer_than_threshold', 20)).toEqual({ below: 20, reason: null });
	expect(hiddenFigure(null, 20)).toEqual({ below: null, reason: null });
});

test('a page explains only the reasons that occur on it', () => {
	expect(
		reasonsAmong([{ hidden: null }, { hidden: 'dominated' }, { hidden: 'dominated' }])
	).toEqual(['dominated']);
});

test('only the regulator of the whole council is told that figures are exact', () => {
	const council = { region_code: '31' };
	expect(seesExactly({ kind: 'government', region_code: '31' }, council)).toBe(true);
	expect(seesExactly({ kind: 'government', region_code: '310115' }, council)).toBe(false);
	expect(seesExactly({ kind: 'platform', region_code: '31' }, council)).toBe(false);
	expect(protection(10, false)).toContain('10');
	expect(protection(0, false)).not.toBe(protection(10, true));
});
