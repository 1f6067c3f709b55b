import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies';
import { isAPIError } from 'better-auth/api';
import { DatabaseError } from 'pg';
import {
	absoluteSeconds,
	addressHeader,
	derivedKey,
	idleSeconds,
	prolongedAfterSeconds,
	type Identity
} from '#lib/server/identity/auth.ts';
import { isUnreachable, refusalFrom, refusing } from './db.ts';
import { log } from '#lib/server/process/log.ts';
import { hashPassword, passwordProblem } from '#lib/server/identity/password.ts';

/** The parts of a request that say who sends it. */
type Visit = Pick<RequestEvent, 'cookies' | 'request' | 'getClientAddress'>;

type SignedIn = {
	session: { id: string };
	person: { id: string; name: string; email: string };
	memberships: App.Acting[];
	versions: Versions;
};

/** Of the data, before anything of this request was read; by them answers are kept. */
type Versions = { registry: string; council: string };

/** What a person may do now, and the versions of what they may read. */
const rights = `v.registry, v.council,
	(select coalesce(jsonb_agg(m), '[]') from private.session_memberships(u.id) m) as memberships`;

type Rights = Versions & { memberships: App.Acting[] };

/** The person behind a request and the organisations they may act for, or null. */
export async function whoIs(identity: Identity, visit: Visit): Promise<SignedIn | null> {
	const cookie = visit.cookies.get(identity.sessionCookie);
	if (!cookie) return null;

	const known = await stillSignedIn(identity, cookie);
	if (known) return known;

	const answer = await identity.auth.api.getSession({
		headers: headersOf(visit),
		returnHeaders: true
	});
	keepCookies(visit.cookies, answer.headers);
	if (!answer.response) return null;

	const { session, user } = answer.response;
	if (session.createdAt.getTime() + absoluteSeconds * 1000 < Date.now()) {
		await endSession(identity, user.id, session.id);
		forgetSession(identity, visit.cookies);
		return null;
	}

	const [found] = await ask<Rights>(
		identity,
		`select ${rights} from (select $1::uuid as id) u, private.current_versions() v`,
		[user.id]
	);
	if (!found) return null;
	identity.taken.delete(cookie);
	identity.taken.set(cookie, session.token);
	const [oldest] = identity.taken.keys();
	if (identity.taken.size > mostTaken && oldest) identity.taken.delete(oldest);
	const { memberships, ...versions } = found;
	return {
		session: { id: session.id },
		person: { id: user.id, name: user.name, email: user.email },
		memberships,
		versions
	};
}

/** Cookies whose signature is not checked again. */
const mostTaken = 10_000;

/**
 * Who sends a cookie that Better Auth took before, in one statement: whether the session still stands is asked at every
 * request. Null: ask Better Auth, also where it has to prolong the session.
 */
async function stillSignedIn(identity: Identity, cookie: string): Promise<SignedIn | null> {
	const token = identity.taken.get(cookie);
	if (!token) return null;
	const { rows } = await identity.pool.query<
		Rights & { session: string; person: string; name: string; email: string }
	>(
		`select s.id as session, u.id as person, u.name, u.email, ${rights}
		 from session s join "user" u on u.id = s.user_id, private.current_versions() v
		 where s.token = $1 and s.expires_at > now() + make_interval(secs => $2)
			and s.created_at > now() - make_interval(secs => $3)`,
		[token, idleSeconds - prolongedAfterSeconds, absoluteSeconds]
	);
	const [found] = rows;
	if (!found) {
		identity.taken.delete(cookie);
		return null;
	}
	const { session, person, name, email, memberships, ...versions } = found;
	return { session: { id: session }, person: { id: person, name, email }, memberships, versions };
}

/**
 * Signs a person in and ends the session this browser had before.
 * Refusals: `sign_in_failed` (never says why), `too_many_attempts`.
 */
export async function signIn(
	identity: Identity,
	visit: Visit,
	{
		email,
		password,
		before
	}: { email: string; password: string; before: SignedIn['session'] | null }
): Promise<void> {
	await reserve(identity, visit, email);
	try {
		const answer = await identity.auth.api.signInEmail({
			body: { email: plainAddress(email), password },
			headers: headersOf(visit, { cookie: false }),
			returnHeaders: true
		});
		await release(identity, visit, email);
		if (before) await ask(identity, 'delete from session where id = $1', [before.id]);
		await ask(identity, 'delete from session where expires_at < now()');
		keepCookies(visit.cookies, answer.headers);
		log.info('signed_in', { person: answer.response.user.id });
	} catch (caught) {
		if (!isAPIError(caught) || caught.statusCode >= 500) throw caught;
		log.warn('sign_in_failed', { account: accountOf(identity, email).slice(0, 12) });
		refusing({ status: 401, key: 'sign_in_failed' });
	}
}

/**
 * Changes the password of the signed-in person and ends all their other sessions.
 * Refusals: `current_password_wrong`, `too_many_attempts`, those of `passwordProblem`.
 */
export async function changePassword(
	identity: Identity,
	visit: Visit,
	person: SignedIn['person'],
	{ current, wanted }: { current: string; wanted: string }
): Promise<void> {
	refuseWeak(wanted, [person.name, person.email]);
	await reserve(identity, visit, person.email);
	try {
		const answer = await identity.auth.api.changePassword({
			body: { currentPassword: current, newPassword: wanted, revokeOtherSessions: true },
			headers: headersOf(visit),
			returnHeaders: true
		});
		await release(identity, visit, person.email);
		keepCookies(visit.cookies, answer.headers);
		log.info('password_changed', { person: person.id });
	} catch (caught) {
		if (!isAPIError(caught) || caught.statusCode >= 500) throw caught;
		log.warn('password_change_failed', { person: person.id });
		refusing({ status: 403, key: 'current_password_wrong' });
	}
}

type OwnSession = {
	id: string;
	created_at: Date;
	updated_at: Date;
	ip_address: string | null;
	user_agent: string | null;
};

/** The sessions of a person, newest first. */
export async function sessionsOf(identity: Identity, person: string): Promise<OwnSession[]> {
	const rows = await ask<OwnSession>(
		identity,
		`select id, created_at, updated_at, ip_address, user_agent from session
		 where user_id = $1 and expires_at > now() and created_at > now() - make_interval(secs => $2)
		 order by updated_at desc limit 50`,
		[person, absoluteSeconds]
	);
	return rows;
}

/** Ends one session of a person, from the next request on. */
export async function endSession(identity: Identity, person: string, session: string) {
	await ask(identity, 'delete from session where user_id = $1 and id::text = $2', [
		person,
		session
	]);
	log.info('session_ended', { person });
}

/** Ends all sessions of a person but the one they are using. */
export async function endOtherSessions(identity: Identity, person: string, kept: string) {
	await ask(identity, 'delete from session where user_id = $1 and id::text <> $2', [person, kept]);
	log.info('other_sessions_ended', { person });
}

/** Signs this browser out. */
export async function signOut(
	identity: Identity,
	visit: Visit,
	signedIn: Pick<SignedIn, 'person' | 'session'>
) {
	await endSession(identity, signedIn.person.id, signedIn.session.id);
	forgetSession(identity, visit.cookies);
}

type OpenInvitation = {
	email: string;
	organisation_zh: string;
	organisation_en: string;
	roles: string[];
	/** The person whose address it is, if there is an account already. */
	person_id: string | null;
};

/** The invitation behind a link, or null if it is used, withdrawn, too old or was never made. */
export async function openInvitation(
	identity: Identity,
	token: string
): Promise<OpenInvitation | null> {
	const rows = await ask<OpenInvitation>(identity, 'select * from private.open_invitation($1)', [
		token
	]);
	return rows[0] ?? null;
}

/** A person with an account takes an invitation; returns the organisation. Refusals: `invitation_not_open`. */
export async function acceptInvitation(
	identity: Identity,
	token: string,
	person: string
): Promise<string> {
	const organisation = await verb(identity, 'select private.accept_invitation($1, $2) as result', [
		token,
		person
	]);
	log.info('invitation_accepted', { person });
	return organisation;
}

/**
 * An invited person opens their account and becomes a member, both or neither.
 * Refusals: `invitation_not_open`, `account_exists`, `account_not_valid`, those of `passwordProblem`.
 */
export async function acceptInvitationAsNew(
	identity: Identity,
	token: string,
	{ name, password }: { name: string; password: string }
) {
	const invitation = await openInvitation(identity, token);
	if (!invitation) refusing({ status: 410, key: 'invitation_not_open' });
	refuseWeak(password, [
		name,
		invitation.email,
		invitation.organisation_zh,
		invitation.organisation_en
	]);
	await verb(identity, 'select private.accept_invitation_as_new($1, $2, $3) as result', [
		token,
		name,
		await hashPassword(password)
	]);
	log.info('account_opened');
}

/** Whether a set-up link may still be used. */
export async function setupOpen(identity: Identity, token: string): Promise<boolean> {
	const rows = await ask<{ open: boolean }>(identity, 'select private.setup_open($1) as open', [
		token
	]);
	return rows[0]?.open ?? false;
}

type FirstSetup = {
	organisation_zh: string;
	organisation_en: string;
	council_zh: string;
	council_en: string;
	region: string;
	name: string;
	email: string;
	password: string;
};

/**
 * An empty instance gets its convener, its council and its first administrator.
 * Refusals: `setup_not_open`, `region_not_known`, `account_not_valid`, `setup_not_valid`, those of `passwordProblem`.
 */
export async function setUp(identity: Identity, token: string, first: FirstSetup) {
	if (!(await setupOpen(identity, token))) refusing({ status: 410, key: 'setup_not_open' });
	refuseWeak(first.password, [
		first.name,
		first.email,
		first.organisation_zh,
		first.organisation_en
	]);
	await verb(identity, 'select private.set_up($1, $2, $3, $4, $5, $6, $7, $8, $9) as result', [
		token,
		first.organisation_zh,
		first.organisation_en,
		first.council_zh,
		first.council_en,
		first.region,
		first.name,
		first.email,
		await hashPassword(first.password)
	]);
	log.info('instance_set_up');
}

/** Counts a verification before it happens, or refuses it. */
async function reserve(identity: Identity, visit: Visit, email: string) {
	const rows = await ask<{ wait: number }>(
		identity,
		'select identity.reserve_attempt($1, $2) as wait',
		[accountOf(identity, email), addressOf(identity, visit)]
	);
	if (rows[0]?.wait === 0) return;
	log.warn('too_many_attempts', { account: accountOf(identity, email).slice(0, 12) });
	refusing({ status: 429, key: 'too_many_attempts' });
}

async function release(identity: Identity, visit: Visit, email: string) {
	await ask(identity, 'select identity.release_attempt($1, $2)', [
		accountOf(identity, email),
		addressOf(identity, visit)
	]);
}

function refuseWeak(password: string, context: string[]) {
	const problem = passwordProblem(password, context);
	if (problem) refusing({ status: 422, key: problem });
}

/** What the database answers; its "no", also to a text that it cannot hold, is a refusal. */
async function ask<Row extends object>(
	identity: Identity,
	statement: string,
	values: unknown[] = []
): Promise<Row[]> {
	try {
		const { rows } = await identity.pool.query<Row>(statement, values);
		return rows;
	} catch (caught) {
		if (!(caught instanceof DatabaseError) || isUnreachable(caught)) throw caught;
		refusing(refusalFrom({ code: caught.code ?? '', message: caught.message }));
	}
}

async function verb(identity: Identity, statement: string, values: unknown[]): Promise<string> {
	const [row] = await ask<{ result: string }>(identity, statement, values);
	return row?.result ?? '';
}

function accountOf(identity: Identity, email: string) {
	return derivedKey(identity.settings.secret, `attempts of account ${plainAddress(email)}`);
}

function addressOf(identity: Identity, visit: Visit) {
	return derivedKey(identity.settings.secret, `attempts from ${visit.getClientAddress()}`);
}

function plainAddress(email: string) {
	return email.trim().toLowerCase();
}

function headersOf(visit: Visit, { cookie = true } = {}) {
	const headers = new Headers({ [addressHeader]: visit.getClientAddress() });
	headers.set('user-agent', (visit.request.headers.get('user-agent') ?? '').slice(0, 300));
	if (cookie) headers.set('cookie', visit.request.headers.get('cookie') ?? '');
	return headers;
}

function keepCookies(cookies: Cookies, headers: Headers) {
	for (const [name, cookie] of headers
		.getSetCookie()
		.flatMap((line) => [...parseSetCookieHeader(line)])) {
		cookies.set(name, cookie.value, { ...toCookieOptions(cookie), path: '/' });
	}
}

function forgetSession(identity: Identity, cookies: Cookies) {
	cookies.delete(identity.sessionCookie, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: identity.settings.origin.startsWith('https://')
	});
}
