import { expect, test } from 'vitest';
import { overviewAddress, overviewLink, sections } from './address.ts';
import { byHeight, inParts, placeOf, turnedPages } from './turning.ts';

const url = (query: string) => new URL(`http://x/overview?${query}`);

test('the address says council, domain, period, indicator and section, and nothing that makes no sense', () => {
	expect(
		overviewAddress(
			url('domain=safety&until=2026-08&indicator=IN3&section=months&view=projector&part=2')
		)
	).toEqual({
		council: null,
		domain: 'safety',
		until: '2026-08',
		indicator: 'IN3',
		section: 'months',
		part: 2,
		projector: true
	});
	expect(
		overviewAddress(url("council=x&domain=a'b&until=1&indicator=%00&section=no&part=-1"))
	).toEqual({
		council: null,
		domain: null,
		until: null,
		indicator: null,
		section: 'targets',
		part: 1,
		projector: false
	});
});

test('a link keeps what it does not change', () => {
	expect(
		overviewLink(url('domain=safety&section=loop'), { section: null, view: 'projector' })
	).toBe('/overview?domain=safety&view=projector');
});

test('a long section has several pages at the projector, an empty one still has one', () => {
	const pages = turnedPages({ districts: 2, decisions: 0 });
	expect(pages).toHaveLength(sections.length + 1);
	expect(placeOf(pages, { section: 'districts', part: 2 })).toBe(
		pages.findIndex(({ section }) => section === 'districts') + 1
	);
	expect(pages[placeOf(pages, { section: 'decisions', part: 9 })]).toEqual({
		section: 'decisions',
		part: 1
	});
});

test('lists are cut by number or by height, and what is too high stands alone', () => {
	expect(inParts([1, 2, 3], 2)).toEqual([[1, 2], [3]]);
	expect(byHeight([2, 2, 9, 1], (one) => one, 4)).toEqual([[2, 2], [9], [1]]);
});
