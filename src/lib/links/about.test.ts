import { expect, test } from 'vitest';
import { aboutOf, aboutText, pageOf } from './about.ts';

test('a row is named in an address and read from it again', () => {
	expect(aboutOf(aboutText('indicator', 'IN3'))).toEqual({ type: 'indicator', id: 'IN3' });
});

test.each(['', 'indicator', 'indicator:', ':IN3', 'In-dicator:IN3', `x:${'y'.repeat(81)}`, null])(
	'%s names no row',
	(text) => {
		expect(aboutOf(text)).toBeNull();
	}
);

test('a row is looked at on its own page, or on that of the row it stands with', () => {
	expect(pageOf({ type: 'organisation', id: 'o', parent_id: null })).toBe('/organisations/o');
	expect(pageOf({ type: 'resolution', id: 'r', parent_id: 'm' })).toBe('/meetings/m#resolution-r');
	expect(pageOf({ type: 'something_new', id: 'x', parent_id: null })).toBeNull();
});
