import { expect, test } from 'vitest';
import { byKind, foundAt, markedParts, type Found } from './search.ts';

const found = (kind: Found['kind'], id: string, total = 1): Found => ({
	kind,
	id,
	parent_id: kind === 'resolution' ? 'm1' : null,
	title_zh: '标题',
	title_en: null,
	note_zh: '',
	note_en: null,
	place: 1,
	found: total
});

test('a resolution is found on the page of its meeting', () => {
	expect(foundAt(found('resolution', 'r1'))).toBe('/meetings/m1#resolution-r1');
	expect(foundAt(found('indicator', 'IN3'))).toBe('/indicators/IN3');
});

test('kinds stand in one order, with how many there are beyond those shown', () => {
	const groups = byKind([found('action_item', 'a'), found('indicator', 'IN3', 12)]);
	expect(groups.map(({ kind, total }) => [kind, total])).toEqual([
		['indicator', 12],
		['action_item', 1]
	]);
});

test('what was looked for is marked in every writing, and signs of patterns are only signs', () => {
	expect(markedParts('Work injury insurance', 'INJURY')).toEqual(['Work ', 'injury', ' insurance']);
	expect(markedParts('骑手（专送）', '(专')).toEqual(['骑手（专送）']);
	expect(markedParts('工伤保险参保率', '工伤  保率')).toEqual(['', '工伤', '保险参', '保率', '']);
	expect(markedParts('anything', ' ')).toEqual(['anything']);
});
