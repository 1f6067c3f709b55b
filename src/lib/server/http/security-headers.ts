import type { Handle } from '@sveltejs/kit';

/** For answers that are no page: pages get theirs, with hashes, from svelte.config.js. */
const noPage = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What a browser may do with an answer; and nothing of a signed-in person stays in a cache. */
export const securityHeaders: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	const { headers } = response;

	headers.set('x-content-type-options', 'nosniff');
	headers.set('referrer-policy', 'same-origin');
	headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
	headers.set('cross-origin-opener-policy', 'same-origin');
	headers.set('cross-origin-resource-policy', 'same-origin');
	headers.set('x-frame-options', 'DENY');
	if (event.url.protocol === 'https:') {
		headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
	}
	if (!headers.has('content-security-policy')) headers.set('content-security-policy', noPage);
	if (event.locals.session && !headers.has('cache-control')) {
		headers.set('cache-control', 'private, no-store');
	}
	return response;
};
