import { expect, test } from 'vitest';
import type { Kinds } from './kind.ts';
import { kindOf, kinds } from './kinds.ts';

const domains = Object.values(
	import.meta.glob<{ kinds: Kinds }>(['../*/notifications.ts', '!../server/**'], { eager: true })
);

test('the kinds of every domain are collected, and no two domains share one', () => {
	expect(domains.flatMap((domain) => Object.keys(domain.kinds)).sort()).toEqual(
		Object.keys(kinds).sort()
	);
});

test('each kind says what it is about, in both languages', () => {
	const said = { who: 'W', what: 'T', date: '2026-11-13', count: 2 };
	for (const [name, { sentence, uncounted = sentence }] of Object.entries(kinds))
		for (const locale of ['zh-CN', 'en'] as const)
			for (const say of [sentence, uncounted]) expect(say(said, { locale }), name).toContain('T');
});

test('what a newer version told is news all the same', () => {
	const { sentence } = kindOf('something_new');
	expect(sentence({ who: '', what: '协议', date: '', count: 0 }, { locale: 'zh-CN' })).toContain(
		'协议'
	);
});
