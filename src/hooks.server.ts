import { join } from 'node:path';
import { sequence } from '@sveltejs/kit/hooks';
import { isHttpError, type Handle, type HandleServerError, type ServerInit } from '@sveltejs/kit';
import { isAPIError } from 'better-auth/api';
import { building } from '$app/env';
import {
	API_REQUESTS_PER_MINUTE,
	API_UPLOADS_PER_MINUTE,
	BOUNDARIES_FILE,
	DATABASE_URL,
	DATA_DIR,
	JOBS_DATABASE_URL,
	MAIL_FROM,
	ORIGIN,
	SMTP_URL,
	SUPABASE_JWT_SECRET,
	SUPABASE_PUBLISHABLE_KEY,
	SUPABASE_URL
} from '$app/env/private';
import { actingCookie, actingFor } from '#lib/identity/acting.ts';
import { m } from '#lib/paraglide/messages.js';
import { senderOf } from '#lib/server/api.ts';
import { limitCalls, notAvailable, refused } from '#lib/server/api/endpoint.ts';
import { openIdentity, type Identity } from '#lib/server/identity/auth.ts';
import { loadBoundaries } from '#lib/server/boundaries.ts';
import { isUnreachable, openDb, refusalOf, refusing } from '#lib/server/db.ts';
import { gate, isHarmless, refusedAction } from '#lib/server/http/gate.ts';
import { bringsFile, dropRest, formIn } from '#lib/server/http/body.ts';
import { whoIs } from '#lib/server/identity.ts';
import { tokenOf } from '#lib/server/identity/token.ts';
import { startJobs } from '#lib/server/process/jobs.ts';
import { language } from '#lib/server/http/language.ts';
import { log, trace } from '#lib/server/process/log.ts';
import { openMail } from '#lib/server/process/mail.ts';
import { hasRoom } from '#lib/server/process/disk.ts';
import { keptPrivate, secureEveryAnswer } from '#lib/server/http/security-headers.ts';
import { reads } from '#lib/server/process/remember.ts';

const api = { url: SUPABASE_URL, publishableKey: SUPABASE_PUBLISHABLE_KEY };
let accounts: Identity;

export const init: ServerInit = () => {
	if (building) return;
	// One request that went wrong in a way nobody waited for does not end everybody else's.
	process.on('unhandledRejection', (reason) => log.error('unhandled', trace(reason)));
	secureEveryAnswer(ORIGIN);
	loadBoundaries(BOUNDARIES_FILE);
	limitCalls({ requests: API_REQUESTS_PER_MINUTE, uploads: API_UPLOADS_PER_MINUTE });
	accounts = openIdentity({
		databaseUrl: DATABASE_URL,
		secret: SUPABASE_JWT_SECRET,
		origin: ORIGIN
	});
	process.once('sveltekit:shutdown', () => void accounts.pool.end());

	if (!JOBS_DATABASE_URL) return log.warn('no_reminders', { missing: 'JOBS_DATABASE_URL' });
	const send = openMail({
		smtpUrl: SMTP_URL,
		outbox: join(DATA_DIR, 'outbox'),
		from: MAIL_FROM,
		origin: ORIGIN
	});
	const jobs = startJobs({ databaseUrl: JOBS_DATABASE_URL, origin: ORIGIN, send });
	process.once('sveltekit:shutdown', () => void jobs.stop());
};

const requestId: Handle = ({ event, resolve }) => {
	event.locals.request_id = crypto.randomUUID();
	return resolve(event);
};

/**
 * SvelteKit answers an address that it cannot decode, but does not catch what a hook throws at it: the request would
 * never be answered.
 */
const addresses: Handle = async ({ event, resolve }) => {
	try {
		return await resolve(event);
	} catch (caught) {
		if (isDecodable(event.url.pathname)) throw caught;
		if (isHttpError(caught)) return new Response(caught.body.message, { status: caught.status });
		log.error('failed', { method: event.request.method, ...trace(caught) });
		return new Response(m.error_not_understood(), { status: 400 });
	}
};

function isDecodable(pathname: string): boolean {
	try {
		return decodeURI(pathname) !== '';
	} catch {
		return false;
	}
}

const identity: Handle = async ({ event, resolve }) => {
	const { locals } = event;
	const isApi = event.route.id?.startsWith('/api/v1') ?? false;
	let sender, signedIn;
	try {
		sender = isApi ? await senderOf(accounts, event) : null;
		if (sender instanceof Response) return sender;
		signedIn = sender ?? (await whoIs(accounts, event));
	} catch (caught) {
		// Better Auth hides the reason, and nothing else makes it fail.
		if (!isUnreachable(caught) && !isAPIError(caught)) throw caught;
		if (isApi) return notAvailable(event.request);
		refusing({ status: 503, key: 'not_available_now' });
	}

	locals.identity = accounts;
	locals.api_key = sender?.key ?? null;
	locals.session = signedIn?.session ?? null;
	locals.person = signedIn?.person ?? null;
	locals.memberships = signedIn?.memberships ?? [];
	locals.acting = actingFor(locals.memberships, event.cookies.get(actingCookie));
	const { acting } = locals;
	let token: Promise<string> | undefined;
	locals.db = openDb(api, signedIn && (() => (token ??= tokenOf(accounts, signedIn, acting))));
	if (signedIn && 'versions' in signedIn) {
		const { registry, council } = signedIn.versions;
		reads(locals.db, {
			registry,
			council: isHarmless(event.request) ? council : null,
			acting: JSON.stringify(acting),
			person: signedIn.person.id
		});
	}
	return resolve(event);
};

/** What was sent and nobody read is taken off the line, so that the answer arrives. */
const rest: Handle = async ({ event, resolve }) => {
	try {
		return await resolve(event);
	} finally {
		dropRest(event.request);
	}
};

/**
 * A form that breaks off, holds too much or goes to no action is the sender's fault, and no failure of ours. Where script
 * runs, the page stays as it is with what was typed.
 */
const forms: Handle = async ({ event, resolve }) => {
	const { locals, request, route, url } = event;
	const action = [...url.searchParams.keys()].find((name) => name.startsWith('/'))?.slice(1);
	// Names that every object has, and the one that SvelteKit keeps to itself: it would fail on them.
	const isAction = request.method === 'POST' && !route.id?.startsWith('/api/');
	if (isAction && action !== undefined && (action === 'default' || action in {}))
		refusing({ status: 404, key: 'not_found' });
	if (bringsFile(request) && !hasRoom(DATA_DIR)) {
		log.error('disk_full');
		if (route.id?.startsWith('/api/v1')) return refused(request, 507, 'disk_full');
		if (request.headers.has('x-sveltekit-action')) return refusedAction(507, 'disk_full');
		refusing({ status: 507, key: 'disk_full' });
	}
	let tooLarge: string | null = null;
	request.formData = async () => {
		try {
			return await formIn(request, locals.session !== null);
		} catch (caught) {
			const refusal = refusalOf(caught);
			if (refusal?.status === 413) tooLarge = refusal.key;
			throw caught;
		}
	};
	const response = await resolve(event);
	const key = tooLarge as string | null;
	const staysOnPage = key !== null && request.headers.has('x-sveltekit-action');
	return staysOnPage ? refusedAction(413, key) : response;
};

/** What the framework answers by itself is said in the API's own way. */
const methods: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	if (response.status !== 405 || !event.route.id?.startsWith('/api/v1')) return response;
	const allow = response.headers.get('allow') ?? 'GET';
	return refused(event.request, 405, 'method_not_allowed', {}, { allow });
};

export const handle = sequence(
	requestId,
	rest,
	keptPrivate,
	language,
	addresses,
	identity,
	gate,
	methods,
	forms
);

export const handleError: HandleServerError = ({ error, event, status }) => {
	if (status === 404) return { message: m.error_not_found() };
	// What the framework refuses by itself is no failure of ours.
	if (status === 413) return { message: m.refusal_upload_too_large() };
	if (status < 500) return { message: m.error_not_understood() };

	const reference = (event.locals.request_id ?? crypto.randomUUID()).slice(0, 8);
	log.error('failed', {
		reference,
		route: event.route.id,
		method: event.request.method,
		...trace(error)
	});
	return { message: m.error_unexpected(), reference };
};
