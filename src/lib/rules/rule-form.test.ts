import { describe, expect, test } from 'vitest';
import { formulaOf, readRule } from './rule-form.ts';

function form(fields: Record<string, string | string[]>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields))
		for (const one of [value].flat()) data.append(name, one);
	return data;
}

describe('the form of a rule', () => {
	test('becomes exactly the parameters of its kind', () => {
		const sent = { measure: 'workers', percent: ' 50 ', least: '', z: '3', severity: 'warning' };
		expect(readRule('jump', form(sent))).toEqual({
			rule: {
				code: 'new',
				kind: 'jump',
				severity: 'warning',
				params: { measure: 'workers', percent: 50 },
				message_zh: '',
				message_en: ''
			},
			missing: {}
		});
		const parts = { parts: ['a', 'b'], total: 'workers', severity: 'error' };
		expect(readRule('parts_eq_total', form(parts)).rule).toMatchObject({
			severity: 'error',
			params: { parts: ['a', 'b'], total: 'workers' }
		});
	});

	test('says what is missing, field by field', () => {
		expect(readRule('jump', form({ percent: 'many' })).missing).toEqual({
			measure: 'measure',
			percent: 'number'
		});
		expect(readRule('parts_eq_total', form({ total: 'a' })).missing).toEqual({ parts: 'measure' });
		expect(readRule('range', form({ measure: 'a' })).missing).toEqual({ min: 'bound' });
		expect(readRule('range', form({ measure: 'a', max: '0' })).missing).toEqual({});
		expect(
			readRule('range', form({ measure: 'a', max: '1', message_zh: '只有中文' })).missing
		).toEqual({ message_en: 'both' });
	});

	test('never lets what is only unusual block a filing', () => {
		const sent = form({ measure: 'workers', z: '3', severity: 'error' });
		expect(readRule('z_score', sent).rule.severity).toBe('warning');
	});
});

test('a rule reads as a formula with the names of its measures', () => {
	const names = new Map([
		['a', '人数'],
		['b', '总数']
	]);
	const said = (kind: Parameters<typeof formulaOf>[0]['kind'], params: object) =>
		formulaOf({ kind, params }, (code) => names.get(code) ?? code, '上一期');
	expect(said('part_le_whole', { part: 'a', whole: 'b' })).toBe('“人数” ≤ “总数”');
	expect(said('parts_eq_total', { parts: ['a', 'c'], total: 'b' })).toBe('“人数” + “c” = “总数”');
	expect(said('range', { measure: 'a', denominator: 'b', min: 0, max: 1 })).toBe(
		'0 ≤ “人数” ÷ “总数” ≤ 1'
	);
	expect(said('range', { measure: 'a', max: 5 })).toBe('“人数” ≤ 5');
	expect(said('cross_file', { measure: 'a', other: 'b', of: 'previous', percent: 5 })).toBe(
		'“人数” = “总数” (上一期) ± 5 %'
	);
});
