import { sequence } from '@sveltejs/kit/hooks';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { building } from '$app/env';
import {
	API_REQUESTS_PER_MINUTE,
	API_UPLOADS_PER_MINUTE,
	BOUNDARIES_FILE,
	DATABASE_URL,
	ORIGIN,
	SUPABASE_JWT_SECRET,
	SUPABASE_PUBLISHABLE_KEY,
	SUPABASE_URL
} from '$app/env/private';
import { actingCookie, actingFor } from '#lib/identity/acting.ts';
import { m } from '#lib/paraglide/messages.js';
import { senderOf } from '#lib/server/api.ts';
import { limitCalls } from '#lib/server/api/answer.ts';
import { openIdentity, type Identity } from '#lib/server/auth.ts';
import { loadBoundaries } from '#lib/server/boundaries.ts';
import { openDb } from '#lib/server/db.ts';
import { gate } from '#lib/server/gate.ts';
import { tokenOf, whoIs } from '#lib/server/identity.ts';
import { language } from '#lib/server/language.ts';
import { log, trace } from '#lib/server/log.ts';
import { securityHeaders } from '#lib/server/security-headers.ts';

const api = { url: SUPABASE_URL, publishableKey: SUPABASE_PUBLISHABLE_KEY };
let accounts: Identity;

export const init: ServerInit = () => {
	if (building) return;
	loadBoundaries(BOUNDARIES_FILE);
	limitCalls({ requests: API_REQUESTS_PER_MINUTE, uploads: API_UPLOADS_PER_MINUTE });
	accounts = openIdentity({
		databaseUrl: DATABASE_URL,
		secret: SUPABASE_JWT_SECRET,
		origin: ORIGIN
	});
	process.once('sveltekit:shutdown', () => void accounts.pool.end());
};

const requestId: Handle = ({ event, resolve }) => {
	event.locals.request_id = crypto.randomUUID();
	return resolve(event);
};

const identity: Handle = async ({ event, resolve }) => {
	const { locals } = event;
	const sender = event.route.id?.startsWith('/api/v1') ? await senderOf(accounts, event) : null;
	if (sender instanceof Response) return sender;
	const signedIn = sender ?? (await whoIs(accounts, event));

	locals.identity = accounts;
	locals.api_key = sender?.key ?? null;
	locals.session = signedIn?.session ?? null;
	locals.person = signedIn?.person ?? null;
	locals.memberships = signedIn?.memberships ?? [];
	locals.acting = actingFor(locals.memberships, event.cookies.get(actingCookie));
	locals.db = openDb(api, signedIn && (await tokenOf(accounts, signedIn, locals.acting)));
	return resolve(event);
};

export const handle = sequence(requestId, securityHeaders, language, identity, gate);

export const handleError: HandleServerError = ({ error, event, status }) => {
	if (status === 404) return { message: m.error_not_found() };

	const reference = (event.locals.request_id ?? crypto.randomUUID()).slice(0, 8);
	log.error('failed', {
		reference,
		route: event.route.id,
		method: event.request.method,
		...trace(error)
	});
	return { message: m.error_unexpected(), reference };
};
