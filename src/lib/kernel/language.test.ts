import { expect, test } from 'vitest';
import { inLanguage, nameOf } from './language.ts';

test('people read what was written in their language, and in the other one where it is missing', () => {
	const item = { title_zh: '工伤保险', title_en: 'Work injury', note_zh: '', note_en: 'draft' };
	expect(inLanguage(item, 'title', 'zh-CN')).toBe('工伤保险');
	expect(inLanguage(item, 'title', 'en')).toBe('Work injury');
	expect(inLanguage(item, 'note', 'zh-CN')).toBe('draft');
	expect(inLanguage({ note_zh: '待定', note_en: null }, 'note', 'en')).toBe('待定');
	expect(inLanguage({ note_zh: null, note_en: null }, 'note', 'en')).toBe('');
});

test('a party without an English name is called by its Chinese one', () => {
	expect(nameOf({ name_zh: '迅达', name_en: null }, 'en')).toBe('迅达');
	expect(nameOf({ name_zh: '迅达', name_en: 'Xunda' }, 'en')).toBe('Xunda');
	expect(nameOf({ name_zh: '迅达', name_en: 'Xunda' }, 'zh-CN')).toBe('迅达');
});
