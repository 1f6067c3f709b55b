import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attachment, csvResponse } from './attachment.ts';

const real = { is_demo: false };
const demonstration = { is_demo: true };

test('a file keeps its Chinese name and cannot smuggle a header or a path', () => {
	expect(attachment('回执 2026-03.csv', real)['content-disposition']).toBe(
		`attachment; filename="__ 2026-03.csv"; filename*=UTF-8''${encodeURIComponent('回执 2026-03.csv')}`
	);
	expect(attachment('../a"\r\nSet-Cookie: x', real)['content-disposition']).not.toMatch(
		/[\r\n]|\/|" ?Set/
	);
});

test('a table is saved, never shown or kept by a cache', async () => {
	const response = csvResponse('台账', [['名称', 1]], real);
	expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
	expect(response.headers.get('content-disposition')).toMatch(/^attachment; .*\.csv$/);
	expect(response.headers.get('x-content-type-options')).toBe('nosniff');
	expect(response.headers.get('cache-control')).toBe('no-store');
	expect(await response.text()).toBe('名称,1\r\n');
});

test('a file of a demonstration is called so, in letters that every system reads too', () => {
	expect(attachment('回执 2026-03.csv', demonstration)['content-disposition']).toBe(
		`attachment; filename="__ 2026-03-demo.csv"; filename*=UTF-8''${encodeURIComponent('回执 2026-03-演示.csv')}`
	);
});

test('a table of a demonstration says it in every row, behind the columns that it had', async () => {
	const lines = [
		['code', 'value'],
		['a', 1],
		['b', null]
	];
	const text = async (options: Parameters<typeof csvResponse>[3]) =>
		(await csvResponse('x', lines, demonstration, options).text()).split('\r\n');
	expect(await text({})).toEqual(['code,value,演示', 'a,1,虚构', 'b,,虚构', '']);
	expect(await text({ codes: true })).toEqual(['code,value,demo', 'a,1,true', 'b,,true', '']);
	expect(await text({ notes: [['note'], []] })).toEqual([
		'note',
		'',
		'code,value,演示',
		'a,1,虚构',
		'b,,虚构',
		''
	]);
});

test('no page hands out a file past these headers', () => {
	const routes = join(import.meta.dirname, '..', '..', '..', 'routes');
	const byHand = globSync('**/*.ts', { cwd: routes }).filter((path) =>
		/content-disposition.\W+attachment/.test(readFileSync(join(routes, path), 'utf8'))
	);
	expect(byHand).toEqual([]);
});
