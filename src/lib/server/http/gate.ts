import { json, redirect, type Handle, type RequestEvent } from '@sveltejs/kit';
import * as api from '#lib/server/api/endpoint.ts';
import { log } from '#lib/server/process/log.ts';
import { saysTooLarge } from './body.ts';
import { refusalText } from './refusal-text.ts';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request only reads. */
export const isHarmless = ({ method }: Pick<Request, 'method'>) => harmless.has(method);

/**
 * Whether another site made the browser send this. SvelteKit asks that of forms only; this covers JSON,
 * PUT and DELETE. A browser always says where such a request comes from; a program may do without, as long as it brings no
 * browser's session.
 */
export function isForged(request: Request, origin: string, bringsSession: boolean): boolean {
	if (isHarmless(request)) return false;
	const from = request.headers.get('origin');
	if (from !== null) return from !== origin;
	return bringsSession && request.headers.get('sec-fetch-site') !== 'same-origin';
}

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Where to send somebody who opened this machine by another of its names (localhost for 127.0.0.1): there
 * every form would count as foreign, and the session cookie would be missing. Null if the name is right.
 */
export function rightAddress(request: Request, url: URL): string | null {
	const host = request.headers.get('host') ?? url.host;
	const astray = host !== url.host && loopback.test(host) && loopback.test(url.host);
	return astray && isHarmless(request) ? url.href : null;
}

/** Only for people who are signed in, and act for an organisation. */
export const gate: Handle = async ({ event, resolve }) => {
	const route = event.route.id ?? '';
	const elsewhere = rightAddress(event.request, event.url);
	if (elsewhere && /^\/\((app|public)\)/.test(route)) return sendTo(event, elsewhere);

	const bringsSession = event.locals.session !== null && event.locals.api_key === null;
	if (isForged(event.request, event.url.origin, bringsSession)) {
		log.warn('foreign_origin', { request: event.locals.request_id, route });
		if (route.startsWith('/api/v1')) return api.refused(event.request, 403, 'foreign_origin');
		return refused(403, 'foreign_origin');
	}

	if (route.startsWith('/(app)')) {
		if (!event.locals.session) return toSignIn(event);
		if (!event.locals.acting && !route.startsWith('/(app)/account')) {
			return sendTo(event, '/account');
		}
	}

	// What the API offers is described to everybody; what is in it is for those who are let in.
	if (route.startsWith('/api/v1') && !route.endsWith('/openapi.json')) {
		if (!event.locals.session) return api.refused(event.request, 401, 'api_key_needed');
		if (!event.locals.acting) return api.refused(event.request, 403, 'not_a_member');
	}

	return resolve(event);
};

/** An address so long that nobody would come back to it could not be sent in one header either. */
const longestWayBack = 2000;

export function wayBack({ pathname, search }: URL): string {
	const to = `to=${encodeURIComponent(pathname + search)}`;
	return to.length > longestWayBack ? '' : to;
}

/** Whatever somebody had typed when their session ended is still theirs to send. */
function toSignIn(event: RequestEvent): Response {
	const { request, url } = event;
	if (request.method !== 'POST') return sendTo(event, `/sign-in?${wayBack(url)}`);
	if (request.headers.has('x-sveltekit-action')) return refusedAction(401, 'session_ended');
	// What is typed there are passwords, which no page repeats.
	if (event.route.id === '/(app)/account') return sendTo(event, `/sign-in?${wayBack(url)}`);
	// A file would be refused there, and is chosen again in any case.
	if (saysTooLarge(request, false)) return sendTo(event, `/sign-in?${wayBack(url)}`);
	// Without a script the browser sends the form again, to the page that keeps it until somebody has signed in.
	return new Response(null, {
		status: 307,
		headers: { location: `/sign-in?unsent&${wayBack(url)}` }
	});
}

/** A refusal as a form's script expects it of an action: the page stays as it is, and says why. */
export function refusedAction(status: number, key: string): Response {
	const data = JSON.stringify([{ refusal: 1, message: 2 }, key, refusalText(key)]);
	return json({ type: 'failure', status, data });
}

function refused(status: number, key: string): Response {
	return json({ message: refusalText(key), key }, { status });
}

function sendTo(event: RequestEvent, location: string): Response {
	// SvelteKit turns a thrown redirect into the JSON that its own navigation expects. For everybody
	// else a response is made here, so that it passes through the security headers.
	if (event.isDataRequest) redirect(303, location);
	return new Response(null, { status: 303, headers: { location } });
}
