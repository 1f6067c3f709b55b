import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { Handle } from '@sveltejs/kit';

/** What a browser may do with any answer; pages get a policy of their own, with hashes, from svelte.config.js. */
const always = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'x-frame-options': 'DENY',
	'content-security-policy':
		"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
};

/** Every answer's headers, where people open the app at `origin`. */
export function headersFor(origin: string): Record<string, string> {
	if (!origin.startsWith('https:')) return always;
	return { ...always, 'strict-transport-security': 'max-age=31536000; includeSubDomains' };
}

/**
 * Puts the headers on whatever this process answers, from now on: files and redirects are answered before any of our own
 * code hears of them. What answers may set others in their place.
 */
export function secureEveryAnswer(origin: string): void {
	const headers = Object.entries(headersFor(origin));
	subscribe('http.server.request.start', (message) => {
		const { response } = message as { response: ServerResponse };
		for (const [name, value] of headers) response.setHeader(name, value);
	});
}

/** Nothing of a signed-in person stays in a cache. */
export const keptPrivate: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	if (event.locals.session && !response.headers.has('cache-control'))
		response.headers.set('cache-control', 'private, no-store');
	return response;
};
