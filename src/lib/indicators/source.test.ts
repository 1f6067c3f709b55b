import { expect, test } from 'vitest';
import { sourceParts } from './source.ts';

test('a reader can follow every address of a source', () => {
	expect(sourceParts('人民网 2021-08-26; http://a.cn/x.html ; https://b.cn/y（转载）')).toEqual([
		{ text: '人民网 2021-08-26; ', href: null },
		{ text: 'a.cn/x.html', href: 'http://a.cn/x.html' },
		{ text: ' ; ', href: null },
		{ text: 'b.cn/y', href: 'https://b.cn/y' },
		{ text: '（转载）', href: null }
	]);
});

test('a source without address is its own words', () => {
	expect(sourceParts('P1 黄晨熹')).toEqual([{ text: 'P1 黄晨熹', href: null }]);
});
