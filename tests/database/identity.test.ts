import { createHash } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Cookies } from '@sveltejs/kit';
import { SignJWT, UnsecuredJWT } from 'jose';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { memberList } from '#lib/identity/list.ts';
import { listOf } from '#lib/kernel/list.ts';
import { actingFor } from '#lib/identity/acting.ts';
import { absoluteSeconds, openIdentity, type Identity } from '#lib/server/identity/auth.ts';
import { openDb, refusalOf, rows, type Db } from '#lib/server/db.ts';
import * as accounts from '#lib/server/identity.ts';
import { tokenOf } from '#lib/server/identity/token.ts';
import { log } from '#lib/server/process/log.ts';
import * as members from '#lib/server/members.ts';
import { hashPassword } from '#lib/server/identity/password.ts';
import type { Backend } from '../../supabase/embedded/backend.ts';
import { temporaryBackend } from '../../supabase/embedded/test-backend.ts';

const password = 'seven words about a river';
const origin = 'http://127.0.0.1:4305';

let backend: Backend;
let owner: Client;
let identity: Identity;
let passwordHash: string;
let convener: string;
let platform: string;
const logged: string[] = [];

beforeAll(async () => {
	for (const level of ['info', 'warn', 'error'] as const) {
		vi.spyOn(log, level).mockImplementation((event, fields) => {
			logged.push(JSON.stringify({ event, ...fields }));
		});
	}
	backend = await temporaryBackend();
	owner = new Client({ connectionString: backend.ownerUrl });
	await owner.connect();
	identity = openIdentity({ databaseUrl: backend.identityUrl, secret: backend.jwtSecret, origin });
	passwordHash = await hashPassword(password);
	await owner.query(
		`insert into public.regions (code, level, name_zh) values ('31', 'province', '上海市') on conflict do nothing`
	);
	await setUpInstance();
	convener = await one(`select id from public.organisations where kind = 'government'`);
	platform = await organisation('platform');
}, 120_000);

afterAll(async () => {
	await identity?.pool.end();
	await owner?.end();
	await backend?.stop();
});

// ---------------------------------------------------------------- people and their browsers

/** A browser: its cookies, and the parts of a request that the app reads. */
function browser({
	address = '10.0.0.1',
	headers = {}
}: { address?: string; headers?: Record<string, string> } = {}) {
	const jar = new Map<string, string>();
	const cookies = {
		get: (name: string) => jar.get(name),
		set: (name: string, value: string) => void jar.set(name, value),
		delete: (name: string) => void jar.delete(name)
	} as unknown as Cookies;
	return {
		jar,
		cookies,
		getClientAddress: () => address,
		get request() {
			const cookie = [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
			return new Request(origin, { headers: { ...headers, cookie: cookie.join('; ') } });
		}
	};
}

type Browser = ReturnType<typeof browser>;

const signIn = (from: Browser, email: string, secret = password) =>
	accounts.signIn(identity, from, { email, password: secret, before: null });

/** What somebody was refused with, or `done`. */
async function outcome(act: Promise<unknown>): Promise<string> {
	try {
		await act;
		return 'done';
	} catch (caught) {
		const refusal = refusalOf(caught);
		if (!refusal) throw caught;
		return refusal.key;
	}
}

/** The next request of a browser: who it is, and the API as that person. */
async function nextRequest(from: Browser, organisation?: string) {
	const signedIn = await accounts.whoIs(identity, from);
	const acting = actingFor(signedIn?.memberships ?? [], organisation);
	const token = signedIn && (await tokenOf(identity, signedIn, acting));
	return { signedIn, acting, token, db: asBearer(token) };
}

function asBearer(token: string | null): Db {
	return openDb({ url: backend.apiUrl, publishableKey: backend.publishableKey }, token);
}

type Seat = [organisation: string, ...roles: string[]];
let count = 0;

async function person(...seats: Seat[]) {
	const email = `person-${++count}@example.cn`;
	const id = await one('select private.open_account($1, $2, $3)', ['林岳', email, passwordHash]);
	for (const [organisation, ...roles] of seats) {
		await owner.query(
			'insert into public.members (person_id, organisation_id, roles) values ($1, $2, $3)',
			[id, organisation, roles]
		);
	}
	return { id, email };
}

async function signedInPerson(...seats: Seat[]) {
	const { id, email } = await person(...seats);
	const from = browser();
	await signIn(from, email);
	return { id, email, from };
}

async function organisation(kind: string) {
	const id = await one(
		`insert into public.organisations (kind, name_zh, name_en, short_zh, short_en, region_code)
		 values ($1, '海达', 'Haida', '海达', 'Haida', '31') returning id`,
		[kind]
	);
	await owner.query(
		`insert into public.council_seats (council_id, organisation_id, standing)
		 select id, $1, 'voting' from public.councils`,
		[id]
	);
	return id;
}

async function one(statement: string, values: unknown[] = []): Promise<string> {
	const { rows } = await owner.query<Record<string, string>>(statement, values);
	const value = Object.values(rows[0] ?? {})[0];
	if (value === undefined) throw new Error(`nothing came of: ${statement}`);
	return value;
}

// ---------------------------------------------------------------- the first set-up

const first = {
	organisation_zh: '市人社局',
	organisation_en: 'City Labour Bureau',
	council_zh: '联席会议',
	council_en: 'Joint council',
	region: '31',
	name: '周敏',
	email: 'Zhou@Bureau.example',
	password
};

let setUps: string[] = [];

async function setUpInstance() {
	const hash = createHash('sha256').update('the printed token').digest('hex');
	await owner.query('insert into private.setup_tokens (token_hash) values ($1)', [hash]);
	const tries = Array.from({ length: 8 }, () =>
		outcome(accounts.setUp(identity, 'the printed token', first))
	);
	setUps = await Promise.all([...tries, outcome(accounts.setUp(identity, 'a guess', first))]);
}

test('whoever has the printed link sets an empty instance up, once', async () => {
	expect(setUps.filter((result) => result === 'done')).toHaveLength(1);
	expect(new Set(setUps)).toEqual(new Set(['done', 'setup_not_open']));

	const admin = browser();
	await signIn(admin, 'zhou@bureau.example');
	const { acting } = await nextRequest(admin);
	expect(acting).toMatchObject({ kind: 'government', roles: ['admin'], secretariat: true });
});

// ---------------------------------------------------------------- guessing

const invitations = async (db: Db, organisation: string) => {
	const list = listOf(new URL('http://127.0.0.1/members'), memberList);
	return (await members.page(db, organisation, list)).invitations;
};

describe('somebody guesses passwords', () => {
	test('40 at once from changing addresses: 5 are looked at, and other people notice nothing', async () => {
		const victim = await person([platform, 'viewer']);
		const neighbour = await person([platform, 'viewer']);
		const guesses = Array.from({ length: 40 }, (_, at) => {
			const from = browser({
				address: `10.9.${at}.1`,
				headers: { 'x-forwarded-for': `172.16.0.${at}`, 'x-real-ip': `172.16.1.${at}` }
			});
			return outcome(signIn(from, victim.email, `wrong words number ${at}`));
		});
		const results = await Promise.all(guesses);
		expect(results.filter((result) => result === 'sign_in_failed')).toHaveLength(5);
		expect(results.filter((result) => result === 'too_many_attempts')).toHaveLength(35);

		expect(await outcome(signIn(browser(), victim.email))).toBe('too_many_attempts');
		expect(await outcome(signIn(browser(), neighbour.email))).toBe('done');

		await owner.query(`update identity.attempt set began_at = began_at - interval '15 minutes'`);
		expect(await outcome(signIn(browser(), victim.email))).toBe('done');
	});

	test('one address that tries many accounts is slowed down, and other addresses are not', async () => {
		const somebody = await person([platform, 'viewer']);
		const attacker = () => browser({ address: '10.66.0.1' });
		expect(await outcome(signIn(attacker(), 'nobody-0@example.cn'))).toBe('sign_in_failed');
		await owner.query(`update identity.attempt set tries = 100 where subject like 'address:%'`);

		expect(await outcome(signIn(attacker(), 'nobody-1@example.cn'))).toBe('too_many_attempts');
		expect(await outcome(signIn(browser({ address: '10.66.0.2' }), somebody.email))).toBe('done');
		await owner.query('truncate identity.attempt');
	});

	test('nobody learns by word or by time whether an account exists', async () => {
		const known = await Promise.all(Array.from({ length: 9 }, () => person()));
		const times = { known: [] as number[], unknown: [] as number[] };
		for (const [at, { email }] of known.entries()) {
			for (const [kind, address] of [
				['known', email],
				['unknown', `nobody-${at}@example.cn`]
			] as const) {
				const began = performance.now();
				const words = 'some words nobody has';
				expect(await outcome(signIn(browser(), address, words))).toBe('sign_in_failed');
				times[kind].push(performance.now() - began);
			}
		}
		const median = (values: number[]) => values.sort((a, b) => a - b)[4] ?? 0;
		const ratio = median(times.known) / median(times.unknown);
		expect(ratio).toBeGreaterThan(0.7);
		expect(ratio).toBeLessThan(1.4);
	});

	test('a locked account that does not exist answers as one that does', async () => {
		for (let at = 0; at < 5; at++) await outcome(signIn(browser(), 'ghost@example.cn'));
		expect(await outcome(signIn(browser(), 'ghost@example.cn'))).toBe('too_many_attempts');
	});

	test('the current password cannot be guessed at the account page either', async () => {
		const { from, id, email } = await signedInPerson([platform, 'viewer']);
		const self = { id, email, name: '林岳' };
		const results = await Promise.all(
			Array.from({ length: 12 }, (_, at) =>
				outcome(
					accounts.changePassword(identity, from, self, {
						current: `wrong words number ${at}`,
						wanted: 'a lantern over calm water'
					})
				)
			)
		);
		expect(results.filter((result) => result === 'current_password_wrong')).toHaveLength(5);
		expect(results.filter((result) => result === 'too_many_attempts')).toHaveLength(7);
	});
});

// ---------------------------------------------------------------- sessions

describe('a session', () => {
	test('gets an id of its own at sign-in: a planted one is worth nothing', async () => {
		const { email, from } = await signedInPerson([platform, 'viewer']);
		const planted = from.jar.get(identity.sessionCookie) ?? '';
		const before = (await nextRequest(from)).signedIn?.session ?? null;

		await accounts.signIn(identity, from, { email, password, before });
		expect(from.jar.get(identity.sessionCookie)).not.toBe(planted);

		const thief = browser();
		thief.jar.set(identity.sessionCookie, planted);
		expect((await nextRequest(thief)).signedIn).toBeNull();
	});

	test('that its owner ended opens nothing at the next request; a stranger cannot end it', async () => {
		const { email, from, id } = await signedInPerson([platform, 'admin']);
		const elsewhere = browser();
		await signIn(elsewhere, email);
		const sessions = await accounts.sessionsOf(identity, id);
		expect(sessions).toHaveLength(2);

		const stranger = await person();
		for (const session of sessions) await accounts.endSession(identity, stranger.id, session.id);
		expect((await nextRequest(from)).signedIn).not.toBeNull();

		const here = (await nextRequest(elsewhere)).signedIn?.session.id ?? '';
		await accounts.endOtherSessions(identity, id, here);
		const { signedIn, db } = await nextRequest(from);
		expect(signedIn).toBeNull();
		expect((await db.from('members').select('person_id')).data ?? []).toEqual([]);
		expect((await nextRequest(elsewhere)).signedIn).not.toBeNull();
	});

	test('ends with the password it began with, everywhere but here', async () => {
		const { email, from, id } = await signedInPerson([platform, 'viewer']);
		const elsewhere = browser();
		await signIn(elsewhere, email);

		const self = { id, email, name: '林岳' };
		const wanted = 'a lantern over calm water';
		await accounts.changePassword(identity, from, self, { current: password, wanted });
		expect((await nextRequest(elsewhere)).signedIn).toBeNull();
		expect((await nextRequest(from)).signedIn?.person.id).toBe(id);
		expect(await outcome(signIn(browser(), email, wanted))).toBe('done');
		expect(await outcome(signIn(browser(), email, password))).toBe('sign_in_failed');
	});

	test.each([
		['unused for too long', `expires_at = now() - interval '1 second'`],
		['half a day old', `created_at = now() - interval '${absoluteSeconds} seconds'`]
	])('%s is over', async (_, change) => {
		const { from, id } = await signedInPerson([platform, 'viewer']);
		await owner.query(`update identity.session set ${change} where user_id = $1`, [id]);
		expect((await nextRequest(from)).signedIn).toBeNull();
	});

	test('cannot be made up', async () => {
		const { from } = await signedInPerson([platform, 'viewer']);
		const [token = '', signature = ''] = (from.jar.get(identity.sessionCookie) ?? '').split('.');
		for (const forged of [token, `${token}.`, `${token}.${signature.slice(0, -4)}AAA=`, 'x.y']) {
			const forger = browser();
			forger.jar.set(identity.sessionCookie, forged);
			expect((await nextRequest(forger)).signedIn).toBeNull();
		}
	});
});

// ---------------------------------------------------------------- tokens

describe('the API opens nothing to', () => {
	const seconds = () => Math.floor(Date.now() / 1000);
	let claims: Record<string, unknown>;

	beforeAll(async () => {
		const { id } = await person([platform, 'admin']);
		claims = {
			sub: id,
			role: 'authenticated',
			iss: 'xiezhi',
			aud: 'authenticated',
			org: platform,
			iat: seconds(),
			exp: seconds() + 60
		};
	});

	const signed = (changes: Record<string, unknown>, key = backend.jwtSecret, alg = 'HS256') =>
		new SignJWT({ ...claims, ...changes })
			.setProtectedHeader({ alg })
			.sign(new TextEncoder().encode(key));

	async function seen(token: string) {
		const response = await fetch(`${backend.apiUrl}/rest/v1/members?select=person_id`, {
			headers: { apikey: backend.publishableKey, authorization: `Bearer ${token}` }
		});
		const body: unknown = await response.json();
		return response.ok ? body : [];
	}

	test('anybody but the person of a good token', async () => {
		expect(await seen(await signed({}))).not.toEqual([]);
	});

	test.each([
		['an expired token', () => signed({ exp: seconds() - 1 })],
		['a token that never expires', () => signed({ exp: undefined })],
		['a token of another key', () => signed({}, 'another secret of enough length 0123456789')],
		['a token of another algorithm', () => signed({}, backend.jwtSecret, 'HS384')],
		['an unsigned token', () => Promise.resolve(new UnsecuredJWT(claims).encode())],
		['the role postgres', () => signed({ role: 'postgres' })],
		['the role service_role', () => signed({ role: 'service_role' })],
		['the role anon', () => signed({ role: 'anon' })],
		['another issuer', () => signed({ iss: 'elsewhere' })],
		['another audience', () => signed({ aud: 'elsewhere' })],
		['a token of nobody', () => signed({ sub: undefined })],
		['a key instead of a token', () => Promise.resolve(backend.publishableKey)],
		['rubbish', () => Promise.resolve('rubbish')]
	])('%s', async (_, token) => {
		expect(await seen(await token())).toEqual([]);
	});

	test('a request without a key', async () => {
		const response = await fetch(`${backend.apiUrl}/rest/v1/members?select=person_id`);
		expect(response.status).toBe(401);
	});

	test('somebody who claims an organisation or a role that is not theirs', async () => {
		const db = asBearer(await signed({ org: convener, org_role: ['admin'] }));
		expect(await outcome(members.invite(db, convener, 'x@example.cn', ['admin']))).toBe(
			'only_an_administrator'
		);
		expect(rows(await db.rpc('organisation_members', { organisation: convener }))).toEqual([]);
	});
});

test('the login of the accounts reads nothing else, and the API shows no account', async () => {
	for (const table of ['public.members', 'public.organisations', 'private.setup_tokens']) {
		await expect(identity.pool.query(`select * from ${table}`)).rejects.toMatchObject({
			code: '42501'
		});
	}
	const { db } = await nextRequest((await signedInPerson([platform, 'admin'])).from);
	// Without our types, which know only what the API shows.
	for (const client of [db, asBearer(null)] as SupabaseClient[]) {
		expect((await client.schema('identity').from('user').select('*')).data).toBeNull();
	}
});

// ---------------------------------------------------------------- memberships

test('a person in two organisations acts for one at a time and sees only that one', async () => {
	const other = await organisation('union');
	const { from, id } = await signedInPerson([platform, 'viewer'], [other, 'admin']);
	for (const [chosen, roles] of [
		[platform, ['viewer']],
		[other, ['admin']]
	] as const) {
		const { acting, db } = await nextRequest(from, chosen);
		expect(acting).toMatchObject({ organisation_id: chosen, roles, secretariat: false });
		const seen = rows(await db.from('members').select('organisation_id').neq('person_id', id));
		expect(seen.every((row) => row.organisation_id === chosen)).toBe(true);
	}
	const { signedIn } = await nextRequest(from, convener);
	expect(signedIn?.memberships.map((held) => held.organisation_id)).not.toContain(convener);
});

describe('an administrator', () => {
	async function administrator() {
		const own = await organisation('platform');
		const admin = await signedInPerson([own, 'admin']);
		return { own, admin, ...(await nextRequest(admin.from)) };
	}

	test('ends a membership, and from then on not even the token of before opens anything', async () => {
		const { own, db } = await administrator();
		const leaving = await signedInPerson([own, 'viewer']);
		const before = await nextRequest(leaving.from);
		expect(rows(await before.db.rpc('organisation_members', { organisation: own }))).toHaveLength(
			2
		);

		await members.end(db, own, leaving.id);
		expect((await nextRequest(leaving.from)).acting).toBeNull();
		expect(rows(await before.db.rpc('organisation_members', { organisation: own }))).toEqual([]);
		expect(rows(await before.db.from('organisations').select('id'))).toEqual([]);
	});

	test('changes roles, from the next request on', async () => {
		const { own, db } = await administrator();
		const clerk = await signedInPerson([own, 'viewer']);
		await members.changeRoles(db, own, clerk.id, ['reporter', 'delegate']);
		expect((await nextRequest(clerk.from)).acting?.roles).toEqual(['reporter', 'delegate']);
		for (const wrong of [['auditor', 'reporter'], ['king'], []]) {
			expect(await outcome(members.changeRoles(db, own, clerk.id, wrong))).toBe('roles_not_valid');
		}
	});

	test('cannot leave the organisation without one', async () => {
		const { own, admin, db } = await administrator();
		expect(await outcome(members.end(db, own, admin.id))).toBe('last_administrator');
		expect(await outcome(members.changeRoles(db, own, admin.id, ['viewer']))).toBe(
			'last_administrator'
		);

		const second = await signedInPerson([own, 'admin']);
		const { db: theirs } = await nextRequest(second.from);
		const results = await Promise.all([
			outcome(members.end(db, own, second.id)),
			outcome(members.end(theirs, own, admin.id))
		]);
		expect(results.filter((result) => result === 'done')).toHaveLength(1);
	});

	test('has no say in another organisation, and other members have none in this one', async () => {
		const { own, db } = await administrator();
		const clerk = await signedInPerson([own, 'reporter', 'reviewer', 'delegate']);
		const { db: theirs } = await nextRequest(clerk.from);
		for (const [asking, asked] of [
			[db, platform],
			[theirs, own]
		] as const) {
			const results = await Promise.all([
				outcome(members.invite(asking, asked, 'x@example.cn', ['viewer'])),
				outcome(members.end(asking, asked, clerk.id)),
				outcome(members.changeRoles(asking, asked, clerk.id, ['admin']))
			]);
			expect(new Set(results)).toEqual(new Set(['only_an_administrator']));
		}
		expect(await invitations(theirs, own)).toEqual([]);
	});

	test('of the secretariat invites the first administrator of an organisation, and no second', async () => {
		const empty = await organisation('social');
		const secretary = await signedInPerson([convener, 'admin']);
		const { db } = await nextRequest(secretary.from);
		expect(await outcome(members.invite(db, empty, 'first@example.cn', ['viewer']))).toBe(
			'only_an_administrator'
		);
		expect(await outcome(members.invite(db, empty, 'first@example.cn', ['admin']))).toBe('done');

		await person([empty, 'admin']);
		expect(await outcome(members.invite(db, empty, 'second@example.cn', ['admin']))).toBe(
			'only_an_administrator'
		);
	});
});

// ---------------------------------------------------------------- invitations

describe('an invitation', () => {
	async function invited(email: string, roles = ['reporter']) {
		const own = await organisation('platform');
		const admin = await signedInPerson([own, 'admin']);
		const { db } = await nextRequest(admin.from);
		return { own, db, token: await members.invite(db, own, email, roles) };
	}

	const newcomer = { name: '沈青', password };

	test('opens an account and a seat, once, however often it is clicked', async () => {
		const { own, token, db } = await invited('New.Clerk@example.cn');
		expect(await invitations(db, own)).toHaveLength(1);
		const results = await Promise.all(
			Array.from({ length: 8 }, () =>
				outcome(accounts.acceptInvitationAsNew(identity, token, newcomer))
			)
		);
		expect(results.filter((result) => result === 'done')).toHaveLength(1);

		const from = browser();
		await signIn(from, 'new.clerk@example.cn');
		const { acting } = await nextRequest(from);
		expect(acting).toMatchObject({ organisation_id: own, roles: ['reporter'] });
		expect(await invitations(db, own)).toEqual([]);
	});

	test('older than a day leaves neither a seat nor an account', async () => {
		const { token } = await invited('late@example.cn');
		await owner.query(
			`update public.invitations set expires_at = expires_at - interval '24 hours' where email = 'late@example.cn'`
		);
		expect(await outcome(accounts.acceptInvitationAsNew(identity, token, newcomer))).toBe(
			'invitation_not_open'
		);
		expect(
			await one(`select count(*)::text from identity."user" where email = 'late@example.cn'`)
		).toBe('0');
	});

	test('ends with the administrator who made it, and theirs alone', async () => {
		const { own, db, token: theirs } = await invited('back.door@example.cn', ['admin']);
		const second = await signedInPerson([own, 'admin']);
		const { db: stays } = await nextRequest(second.from);
		const kept = await members.invite(stays, own, 'front.door@example.cn', ['viewer']);
		const leaving = await one(
			`select invited_by from public.invitations where email = 'back.door@example.cn'`
		);
		const enter = (token: string) =>
			outcome(accounts.acceptInvitationAsNew(identity, token, newcomer));

		await members.changeRoles(stays, own, leaving, ['viewer', 'reporter']);
		expect(await enter(theirs)).toBe('invitation_not_open');
		expect((await invitations(stays, own)).map(({ email }) => email)).toEqual([
			'front.door@example.cn'
		]);

		await members.changeRoles(stays, own, leaving, ['admin']);
		const again = await members.invite(db, own, 'back.door@example.cn', ['admin']);
		await members.end(stays, own, leaving);
		expect(await enter(again)).toBe('invitation_not_open');
		expect(await enter(kept)).toBe('done');
	});

	test('gives somebody with an account a further seat, and nobody else', async () => {
		const known = await signedInPerson([platform, 'viewer']);
		const thief = await person([platform, 'viewer']);
		const { own, token } = await invited(known.email, ['delegate']);
		expect(await outcome(accounts.acceptInvitation(identity, token, thief.id))).toBe(
			'invitation_not_open'
		);
		expect(await outcome(accounts.acceptInvitationAsNew(identity, token, newcomer))).toBe(
			'account_exists'
		);
		expect(await accounts.acceptInvitation(identity, token, known.id)).toBe(own);
		expect((await nextRequest(known.from)).signedIn?.memberships).toHaveLength(2);
	});

	test('is over when it is withdrawn, replaced or made up', async () => {
		const { own, token, db } = await invited('gone@example.cn');
		const again = await members.invite(db, own, 'gone@example.cn', ['viewer']);
		expect(await accounts.openInvitation(identity, token)).toBeNull();

		const [open] = await invitations(db, own);
		await members.withdraw(db, open?.id ?? '');
		expect(await accounts.openInvitation(identity, again)).toBeNull();
		expect(await outcome(members.withdraw(db, open?.id ?? ''))).toBe('invitation_not_open');
		expect(await accounts.openInvitation(identity, 'a guess')).toBeNull();
	});

	test('is not for members, nor for addresses that are none', async () => {
		const { own, db } = await invited('someone@example.cn');
		const member = await person([own, 'viewer']);
		expect(await outcome(members.invite(db, own, member.email, ['viewer']))).toBe(
			'already_a_member'
		);
		expect(await outcome(members.invite(db, own, 'no address', ['viewer']))).toBe(
			'invitation_not_valid'
		);
		expect(await outcome(members.invite(db, own, 'x@example.cn', ['king']))).toBe(
			'invitation_not_valid'
		);
	});

	test('shows its hash to nobody, and nothing to other organisations', async () => {
		await invited('hidden@example.cn');
		const outsider = await signedInPerson([platform, 'admin']);
		const { db } = await nextRequest(outsider.from);
		expect((await db.from('invitations').select('token_hash')).error).not.toBeNull();
		const hidden = await db.from('invitations').select('email').eq('email', 'hidden@example.cn');
		expect(rows(hidden)).toEqual([]);
		const stranger = await asBearer(null).from('invitations').select('email');
		expect(stranger.data ?? []).toEqual([]);
	});
});

test('the log tells what happened and names nobody', () => {
	for (const event of [
		'signed_in',
		'sign_in_failed',
		'too_many_attempts',
		'password_changed',
		'session_ended',
		'account_opened',
		'invitation_accepted',
		'instance_set_up'
	]) {
		expect(logged.some((line) => line.includes(`"${event}"`))).toBe(true);
	}
	expect(logged.filter((line) => /@|words|林岳|沈青|周敏|10\.0\.0\.1/.test(line))).toEqual([]);
});
