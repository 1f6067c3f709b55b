import fc from 'fast-check';
import { expect, test } from 'vitest';
import { returnAddress } from './return-address.ts';

test('a reader who switches the language stays on the same page', () => {
	expect(returnAddress('/indicators?period=2026-03#chart')).toBe(
		'/indicators?period=2026-03#chart'
	);
});

test.each([
	'//evil.example',
	'//',
	'/\\evil.example',
	'https://evil.example',
	'/\t/evil.example',
	'/..//evil.example',
	'/x/..//evil.example',
	'/x/../..//evil.example',
	'/.%2e//evil.example',
	'/%2e%2e//evil.example',
	'/%2E.//evil.example',
	'/.//evil.example',
	'/..\\/evil.example',
	'/../\t/evil.example',
	'http:evil.example',
	'/%00//../..//evil.example',
	'/\ud800//../..//evil.example',
	'',
	null
])('a crafted link %j cannot lead a reader to another site', (wanted) => {
	expect(returnAddress(wanted)).toBe('/');
});

test.each([
	'/%2F%2Fevil.example',
	'/..%2f/evil.example',
	'/%5Cevil.example',
	'/a//b',
	'/@evil.example'
])('%j is a path of this site to every browser', (wanted) => {
	expect(new URL(returnAddress(wanted), 'https://here.example').host).toBe('here.example');
	expect(returnAddress(wanted)).toBe(wanted);
});

test('whatever a link asks for, its reader stays on this site', () => {
	const piece = fc.constantFrom(
		'/',
		'\\',
		'.',
		'..',
		'%2e',
		'%2f',
		'%5c',
		'@',
		':',
		'?',
		'#',
		'\t',
		'evil.example'
	);
	const link = fc.array(fc.oneof({ weight: 4, arbitrary: piece }, fc.string()), { maxLength: 12 });
	fc.assert(
		fc.property(link, (pieces) => {
			const origin = 'https://here.example';
			const to = returnAddress(`/${pieces.join('')}`);
			for (const from of ['/', '/sign-in?to=x', '/a/b/c'])
				expect(new URL(to, origin + from).origin).toBe(origin);
		}),
		{ numRuns: 2_000 }
	);
});
