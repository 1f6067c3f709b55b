import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attachment, csvResponse } from './attachment.ts';

test('a file keeps its Chinese name and cannot smuggle a header or a path', () => {
	expect(attachment('回执 2026-03.csv')['content-disposition']).toBe(
		`attachment; filename="__ 2026-03.csv"; filename*=UTF-8''${encodeURIComponent('回执 2026-03.csv')}`
	);
	expect(attachment('../a"\r\nSet-Cookie: x')['content-disposition']).not.toMatch(
		/[\r\n]|\/|" ?Set/
	);
});

test('a table is saved, never shown or kept by a cache', async () => {
	const response = csvResponse('台账', [['名称', 1]]);
	expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
	expect(response.headers.get('content-disposition')).toMatch(/^attachment; .*\.csv$/);
	expect(response.headers.get('x-content-type-options')).toBe('nosniff');
	expect(response.headers.get('cache-control')).toBe('no-store');
	expect(await response.text()).toBe('名称,1\r\n');
});

test('no page hands out a file past these headers', () => {
	const routes = join(import.meta.dirname, '..', '..', '..', 'routes');
	const byHand = globSync('**/*.ts', { cwd: routes }).filter((path) =>
		/content-disposition.\W+attachment/.test(readFileSync(join(routes, path), 'utf8'))
	);
	expect(byHand).toEqual([]);
});
