import { expect, test } from 'vitest';
import { attachment } from './attachment.ts';

test('a file keeps its Chinese name and cannot smuggle a header or a path', () => {
	expect(attachment('回执 2026-03.csv')['content-disposition']).toBe(
		`attachment; filename="__ 2026-03.csv"; filename*=UTF-8''${encodeURIComponent('回执 2026-03.csv')}`
	);
	expect(attachment('../a"\r\nSet-Cookie: x')['content-disposition']).not.toMatch(
		/[\r\n]|\/|" ?Set/
	);
});
