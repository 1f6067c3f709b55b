import { describe, expect, test } from 'vitest';
import { isForged, rightAddress, wayBack } from './gate.ts';

const here = 'https://xiezhi.example';

function sent(method: string, headers: Record<string, string> = {}) {
	return new Request(`${here}/action-items`, { method, headers });
}

describe('a request that another site made a browser send', () => {
	test.each([
		['POST', 'https://elsewhere.example'],
		['PUT', 'https://elsewhere.example'],
		['DELETE', 'https://xiezhi.example.elsewhere.example'],
		['PATCH', 'http://xiezhi.example'],
		['POST', 'null']
	])('%s from %s is refused', (method, origin) => {
		expect(isForged(sent(method, { origin }), here, true)).toBe(true);
		expect(isForged(sent(method, { origin }), here, false)).toBe(true);
	});

	test.each([
		['GET', { origin: 'https://elsewhere.example' }],
		['POST', { origin: here }],
		['POST', { 'sec-fetch-site': 'same-origin' }]
	])('%s with %j passes', (method, headers) => {
		expect(isForged(sent(method, headers), here, true)).toBe(false);
	});

	test('is one that brings a session and does not say where it comes from; a program without one passes', () => {
		expect(isForged(sent('POST'), here, true)).toBe(true);
		expect(isForged(sent('POST', { 'sec-fetch-site': 'none' }), here, true)).toBe(true);
		expect(isForged(sent('POST', { 'sec-fetch-site': 'same-site' }), here, true)).toBe(true);
		expect(isForged(sent('POST'), here, false)).toBe(false);
	});
});

describe('a person who types localhost', () => {
	const url = new URL('http://127.0.0.1:3000/sign-in?to=%2F');
	const opened = (host: string) => new Request(url, { headers: { host } });

	test('is sent to the address where forms work', () => {
		expect(rightAddress(opened('localhost:3000'), url)).toBe(url.href);
	});

	test('stays where they are if the address is right, or a name of the network', () => {
		expect(rightAddress(opened('127.0.0.1:3000'), url)).toBeNull();
		expect(rightAddress(opened('xiezhi.example'), url)).toBeNull();
	});
});

describe('the way back after signing in', () => {
	test('is the page and its filters', () => {
		const url = new URL('/indicators?q=合同', here);
		expect(wayBack(url)).toBe(`to=${encodeURIComponent(url.pathname + url.search)}`);
	});

	test('is not told when it would fill the headers of the answer', () => {
		expect(wayBack(new URL(`/indicators?q=${'合'.repeat(2000)}`, here))).toBe('');
	});
});
