import { createHash, randomBytes } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import type { Scope } from '#lib/api/scopes.ts';
import { refused, tooMany } from '#lib/server/api/endpoint.ts';
import { buckets } from '#lib/server/api/limits.ts';
import type { Identity } from '#lib/server/identity/auth.ts';
import { rows, type Db } from '#lib/server/db.ts';
import { log } from '#lib/server/process/log.ts';

/** An organisation's API key as its administrators see it; the key itself is kept nowhere. */
export type ApiKey = {
	id: string;
	name: string;
	prefix: string;
	scopes: Scope[];
	created_at: string;
	expires_at: string | null;
	last_used_at: string | null;
	revoked_at: string | null;
};

/** Keys of an organisation the caller administers, newest first; nothing for others. */
export async function keys(db: Db, organisation: string): Promise<ApiKey[]> {
	return rows(
		await db
			.from('api_keys')
			.select('id, name, prefix, scopes, created_at, expires_at, last_used_at, revoked_at')
			.eq('organisation_id', organisation)
			.order('created_at', { ascending: false })
			.limit(200)
	) as ApiKey[];
}

/**
 * Makes a key and gives it, once. `days`: until it expires; null: never.
 * Refusals: `only_an_administrator`, `too_many_api_keys`, `api_key_not_valid`.
 */
export async function makeKey(
	db: Db,
	organisation: string,
	{ name, scopes, days }: { name: string; scopes: Scope[]; days: number | null }
): Promise<string> {
	const token = `xz_${randomBytes(32).toString('base64url')}`;
	const expiry = days && { expires_at: new Date(Date.now() + days * 86_400_000).toISOString() };
	rows(
		await db.rpc('create_api_key', {
			organisation,
			name,
			scopes,
			token_hash: hashOf(token),
			prefix: token.slice(0, 9),
			...expiry
		})
	);
	return token;
}

/** Revokes a key, from its next request on. Refusals: `api_key_not_live`. */
export async function revokeKey(db: Db, key: string): Promise<void> {
	rows(await db.rpc('revoke_api_key', { api_key: key }));
}

/** Who sends a request of the API, as the rest of the app knows a signed-in person. */
type Sender = {
	session: { id: string };
	person: { id: string; name: string; email: string };
	memberships: App.Acting[];
	key: { id: string; scopes: Scope[] };
};

/** Wrong keys that one address may send in a minute. */
const wrongKeys = 10;
let wrong = buckets(wrongKeys);
/** Hashes of keys that were right when last used, so that a stranger behind the same address locks nobody out. */
const right = new Set<string>();

/** Forgets which addresses sent wrong keys; for tests. */
export function forgiveAddresses() {
	wrong = buckets(wrongKeys);
	right.clear();
}

/**
 * The sender by `Authorization: Bearer xz_…`; null if the request brings no key, and a response if the key is wrong,
 * expired or revoked, or its address sent too many wrong ones.
 */
export async function senderOf(
	identity: Identity,
	event: Pick<RequestEvent, 'request' | 'getClientAddress'>
): Promise<Sender | Response | null> {
	const { request } = event;
	const header = request.headers.get('authorization');
	if (header === null) return null;

	const token = /^Bearer +(xz_[\w-]{43})$/i.exec(header.trim())?.[1] ?? null;
	const hash = token && hashOf(token);
	const address = event.getClientAddress();
	if (!hash || !right.has(hash)) {
		const wait = wrong.wait(address);
		if (wait > 0) return tooMany(request, wait);
	}

	const found = hash ? await findKey(identity, hash) : null;
	if (!hash || !found) {
		if (hash) right.delete(hash);
		wrong.take(address);
		log.warn('api_key_refused', { prefix: token?.slice(0, 9) });
		return refused(request, 401, 'api_key_refused', {}, { 'www-authenticate': 'Bearer' });
	}
	if (right.size > 10_000) right.clear();
	right.add(hash);
	return found;
}

async function findKey(identity: Identity, hash: string): Promise<Sender | null> {
	const { rows: found } = await identity.pool.query<
		App.Acting & { key_id: string; scopes: Scope[]; person_id: string; person_name: string }
	>('select * from private.api_key_acting($1)', [hash]);
	const row = found[0];
	if (!row) return null;
	const { key_id, scopes, person_id, person_name, ...acting } = row;
	return {
		session: { id: key_id },
		person: { id: person_id, name: person_name, email: '' },
		memberships: [acting],
		key: { id: key_id, scopes }
	};
}

function hashOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
