import { expect, test } from 'vitest';
import { translationProblems, unusedMessages } from './translations.ts';

test('a reader of either language misses nothing', () => {
	expect(translationProblems({ home_title: '首页' }, { home_title: 'Home' })).toEqual([]);
	expect(translationProblems({ home_title: '首页' }, {})).toEqual(['home_title has no English']);
	expect(translationProblems({}, { home_title: 'Home' })).toEqual(['home_title has no Chinese']);
	expect(translationProblems({ home_title: ' ' }, { home_title: 'Home' })).toEqual([
		'home_title is empty in Chinese'
	]);
});

test('a sentence says the same figures in both languages, whatever their order', () => {
	expect(translationProblems({ a: '{n} 家中的 {m} 家' }, { a: '{m} of {n}' })).toEqual([]);
	expect(translationProblems({ a: '{n} 家' }, { a: '{count} parties' })).toEqual([
		'a takes {n} in Chinese and {count} in English'
	]);
});

test('a plural form may leave its number out', () => {
	const english = [
		{ match: { 'countPlural=one': '{count} party', 'countPlural=other': '{count} parties' } }
	];
	expect(translationProblems({ a: '{count} 家' }, { a: english })).toEqual([]);
});

test('a message that nothing shows is found, and a refusal is known by its key', () => {
	const keys = ['home_title', 'home_old', 'refusal_not_found', 'refusal_old'];
	const sources = ['<h1>{m.home_title()}</h1>', "raise 'PT404' using message = 'not_found';"];
	expect(unusedMessages(keys, sources)).toEqual(['home_old', 'refusal_old']);
});
