import { expect, test } from 'vitest';
import { escapeCsvCell, toCsv } from './csv.ts';

test.each([
	'=1+1',
	'+1+1',
	'-1+1',
	'@SUM(1)',
	'\t=1',
	'\r=1',
	'\0=1',
	'＝1+1',
	'＋1',
	'－1+1',
	'＠SUM',
	' =1+1',
	'\n=cmd'
])('text that would run as a formula is neutralised: %j', (text) => {
	expect(escapeCsvCell(text).replace(/^"/, '').startsWith("'")).toBe(true);
});

test.each(['-3.5', '+28', '98%', '骑手', 'a=b', '3-4'])('%s stays as it is', (text) => {
	expect(escapeCsvCell(text)).toBe(text);
});

test('a file for Excel begins with its mark and quotes what must be quoted', () => {
	expect(
		toCsv([
			['名称', 'a,"b"'],
			[1, null]
		])
	).toBe('\ufeff名称,"a,""b"""\r\n1,\r\n');
});
