import { expect, test } from 'vitest';
import { pageOf, sorted, sortLink, sortOf, withParameters, type Column } from './table.ts';

const columns: Column[] = [
	{ key: 'name', label: 'Name', sortable: true },
	{ key: 'due', label: 'Due', sortable: true },
	{ key: 'note', label: 'Note' }
];
const at = (query: string) => new URL(`https://xiezhi.example/submissions${query}`);

test('a reader sorts by a column, and again the other way round, from the first page', () => {
	const url = at('?status=returned&page=3');
	expect(sortLink(url, 'due', null)).toBe('/submissions?status=returned&sort=due');
	expect(sortLink(url, 'due', { key: 'due', descending: false })).toBe(
		'/submissions?status=returned&sort=-due'
	);
});

test('an address that names no sortable column sorts nothing', () => {
	expect(sortOf(at('?sort=-due'), columns)).toEqual({ key: 'due', descending: true });
	expect(sortOf(at('?sort=note'), columns)).toBeNull();
	expect(sortOf(at('?sort=password'), columns)).toBeNull();
});

test('an address without a number of a page opens the first', () => {
	expect(
		['', '?page=0', '?page=x', '?page=1e9', '?page=3'].map((query) => pageOf(at(query)))
	).toEqual([1, 1, 1, 1, 3]);
	expect(pageOf(at('?page=3&changes=2'), 'changes')).toBe(2);
});

test('rows without a value stay at the end whichever way a reader sorts', () => {
	const rows = [{ n: 3 }, { n: null }, { n: 10 }];
	const by = (descending: boolean) =>
		sorted(rows, { key: 'n', descending }, (row) => row.n).map((row) => row.n);
	expect(by(false)).toEqual([3, 10, null]);
	expect(by(true)).toEqual([10, 3, null]);
});

test('taking a filter out leaves a clean address', () => {
	expect(withParameters(at('?status=returned'), { status: null })).toBe('/submissions');
});
