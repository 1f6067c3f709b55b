import { expect, test } from 'vitest';
import type { Acts, Subjects } from './act.ts';
import { acts, subjectOf, subjects } from './acts.ts';

const domains = Object.values(
	import.meta.glob<{ acts: Acts; subjects?: Subjects }>('../*/acts.ts', { eager: true })
).filter((domain) => domain.acts !== acts);

test('the acts of every domain are collected, and no two domains share a verb', () => {
	expect(domains.flatMap((domain) => Object.keys(domain.acts)).sort()).toEqual(
		Object.keys(acts).sort()
	);
	expect(domains.flatMap((domain) => Object.keys(domain.subjects ?? {})).sort()).toEqual(
		Object.keys(subjects).sort()
	);
});

test('each act says who did it or whom it concerns, in both languages', () => {
	for (const [verb, act] of Object.entries(acts)) {
		for (const locale of ['zh-CN', 'en'] as const) {
			const sentence = act.sentence({ who: 'W', whom: 'O', what: 'T' }, { locale });
			expect(sentence, verb).toMatch(/[WOT]/);
		}
	}
});

test('what was done is looked at where it happened', () => {
	const address = (type: string, parent: string | null = null) =>
		subjectOf(type).address({ id: 'x', parent });
	expect(address('submission')).toBe('/submissions/x');
	expect(address('release')).toBe('/releases');
	expect(address('dataset')).toBe('/open/requirements#x');
	expect(address('agenda_item', 'm')).toBe('/meetings/m');
	expect(address('resolution', 'm')).toBe('/meetings/m#resolution-x');
	expect(address('resolution')).toBe('/meetings');
	expect(address('invitation')).toBeNull();
});
