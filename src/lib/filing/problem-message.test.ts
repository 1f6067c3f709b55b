import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import en from '../../i18n/messages/en/problems.json' with { type: 'json' };
import zh from '../../i18n/messages/zh-CN/problems.json' with { type: 'json' };
import { listProblems, problemMessage } from './problem-message.ts';

test('every problem is worded in both languages with the same parameters', () => {
	expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
	const parameters = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
	for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
		expect([key, ...parameters(en[key])]).toEqual([key, ...parameters(zh[key])]);
	}
});

test('every rule that the reader and the checks can report has a wording', () => {
	const folders = [import.meta.dirname, join(import.meta.dirname, '../server/sheets')];
	const sources = folders.flatMap((folder) =>
		readdirSync(folder)
			.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
			.map((file) => readFileSync(join(folder, file), 'utf8'))
	);
	const rules = sources.flatMap((source) =>
		[
			...source.matchAll(
				/(?:rule: |refused\(|add\((?:'error', |'question', )?|refuse\(\w+, )'([a-z_]+)'/g
			)
		].map((found) => found[1] ?? '')
	);
	expect(rules.length).toBeGreaterThan(50);
	for (const rule of new Set(rules)) {
		if (rule === 'error' || rule === 'question') continue;
		expect(zh).toHaveProperty(`problem_${rule}`);
	}
});

test('names of the parties are said in the reader’s language', () => {
	const finding = {
		rule: 'negative',
		params: { name_zh: '在册人数', name_en: 'Registered workers', value: -3 }
	};
	expect(problemMessage(finding, 'zh-CN')).toBe('“在册人数”不能是负数（-3）。');
	expect(problemMessage(finding, 'en')).toBe('“Registered workers” cannot be negative (-3).');
});

test('a dataset’s rule is worded by the dataset, or else by its kind', () => {
	const params = { kind: 'part_le_whole', part_zh: '参保', whole_zh: '在册', found: 6, limit: 5 };
	expect(problemMessage({ rule: 'mine', params }, 'zh-CN')).toBe(
		'“参保”（6）不能大于“在册”（5）。'
	);
	expect(
		problemMessage(
			{ rule: 'mine', params: { ...params, message_zh: '参保不能多于在册。' } },
			'zh-CN'
		)
	).toBe('参保不能多于在册。');
});

test('a kind of problem is its first sentence without what differs from cell to cell', () => {
	const kind = (rule: string, params: Record<string, string>, language: 'zh-CN' | 'en') =>
		listProblems(
			[{ rule, params, severity: 'error', sheet: '', cell: 'D2', row: 2, column: '', value: '' }],
			language
		)[0]?.kind;
	expect(kind('negative', { name: '人数', value: '-3' }, 'zh-CN')).toBe('“…”不能是负数');
	expect(kind('blank_without_reason', { name: '人数' }, 'zh-CN')).toBe('“…”没有填写');
	expect(kind('blank_without_reason', { name: 'Workers' }, 'en')).toBe('“…” is blank');
	expect(kind('of_ours', { kind: 'jump', message_zh: '人数变化太大。请核对。' }, 'zh-CN')).toBe(
		'人数变化太大'
	);
});
