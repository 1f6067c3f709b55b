import { expect, test } from 'vitest';
import { returnAddress } from './return-address.ts';

test('a reader who switches the language stays on the same page', () => {
	expect(returnAddress('/indicators?period=2026-03#chart')).toBe(
		'/indicators?period=2026-03#chart'
	);
});

test.each([
	'//evil.example',
	'/\\evil.example',
	'https://evil.example',
	'/\t/evil.example',
	'',
	null
])('a crafted link %j cannot lead a reader to another site', (wanted) => {
	expect(returnAddress(wanted)).toBe('/');
});
