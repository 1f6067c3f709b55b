import { expect, test } from 'vitest';
import {
	code,
	day,
	hrefOf,
	id,
	isFiltered,
	listOf,
	oneOf,
	pagesOf,
	unfiltered,
	words
} from './list.ts';

const description = {
	filters: { show: oneOf(['mine', 'all']), state: oneOf(['open', 'filed']), party: id, q: words },
	sorts: ['due', 'name'],
	size: 50
};
const party = '0f8fad5b-d9cb-469f-a165-70867728950e';
const asked = (query: string) =>
	listOf(new URL(`https://xiezhi.example/list${query}`), description);
const again = (query: string) => hrefOf('/list', asked(query));

test('an address says by which filters, in which order and which page of a list', () => {
	expect(asked(`?state=open&party=${party}&q=工伤 保险&sort=-due&page=3`)).toEqual({
		filters: { show: null, state: 'open', party, q: '工伤 保险' },
		sort: { key: 'due', descending: true },
		page: 3,
		size: 50
	});
	expect(asked('').sort).toBeNull();
	expect(asked('?sort=name').sort).toEqual({ key: 'name', descending: false });
});

test.each([
	'?state=secret',
	'?state=',
	"?party=1'%20or%201=1",
	'?party=id.eq.1,verb.neq.2',
	'?sort=password',
	'?sort=--due',
	'?page=0',
	'?page=-1',
	'?page=x',
	'?page=1e9',
	'?page=2.5',
	'?q=%20%00',
	'?whatever=1'
])('nonsense in an address is left out of the list and of its address: %s', (query) => {
	expect(again(query)).toBe('/list');
});

test('however it was typed, a list has one address', () => {
	const one = `/list?show=all&state=filed&q=a+b&sort=-name&page=2`;
	expect(again('?page=2&q=a%20b&sort=-name&state=filed&show=all')).toBe(one);
	expect(again(one.replace('/list', ''))).toBe(one);
	expect(again('?state=open&state=filed&page=1')).toBe('/list?state=open');
});

test('clearing the filters keeps the order and what is no filter, and goes back to the first page', () => {
	const list = asked('?show=all&state=open&sort=due&page=4');
	expect(hrefOf('/list', unfiltered(list, ['show']))).toBe('/list?show=all&sort=due');
	expect(isFiltered(list)).toBe(true);
	expect(isFiltered(unfiltered(list, ['show']), ['show'])).toBe(false);
	expect(isFiltered(unfiltered(list))).toBe(false);
});

test('a list without rows has a page too, and the last one may be short', () => {
	expect([0, 1, 50, 51, 10_000].map((total) => pagesOf(total, 50))).toEqual([1, 1, 1, 2, 200]);
});

test('a code, an id and a day are what they look like', () => {
	expect([code('platform_labour_monthly'), code('CT1'), code("x'; drop")]).toEqual([
		'platform_labour_monthly',
		'CT1',
		null
	]);
	expect([id(party), id('me')]).toEqual([party, null]);
	expect(['2026-02-28', '2026-02-30', 'today'].map(day)).toEqual(['2026-02-28', null, null]);
});
