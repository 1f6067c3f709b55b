import { createHmac } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { Pool } from 'pg';
import { surviveBreaks } from '../process/pool.ts';
import { hashPassword, verifyPassword } from './password.ts';

/** Nobody stays signed in longer than this without doing anything. */
export const idleSeconds = 2 * 60 * 60;

/** A session that is used is prolonged, at most this often. */
export const prolongedAfterSeconds = 60;

/** Nobody stays signed in longer than this at all. */
export const absoluteSeconds = 12 * 60 * 60;

type IdentitySettings = {
	/** The login `xiezhi_identity`, whose search_path is the schema `identity`. */
	databaseUrl: string;
	/** The key that signs Supabase tokens; keys of other purposes are derived from it. */
	secret: string;
	/** The address people open, for example `https://xiezhi.example`. */
	origin: string;
};

/** Accounts and sessions: Better Auth, its database, and keys. */
export type Identity = ReturnType<typeof openIdentity>;

/** Opens the accounts and sessions of an instance. Nothing connects before the first question. */
export function openIdentity(settings: IdentitySettings) {
	const pool = new Pool({
		connectionString: settings.databaseUrl,
		max: 8,
		// Also the time to wait for one that is free, where many ask at once.
		connectionTimeoutMillis: 10_000,
		statement_timeout: 10_000
	});
	surviveBreaks(pool);

	const https = settings.origin.startsWith('https://');
	const sessionCookie = https ? '__Host-xiezhi_session' : 'xiezhi_session';

	const auth = betterAuth({
		baseURL: settings.origin,
		secret: derivedKey(settings.secret, 'session cookie'),
		database: pool,
		telemetry: { enabled: false },
		// Its log names accounts; ours does not. Faults arrive as errors all the same.
		logger: { disabled: true },
		// Its own limit trusts a header; attempts are reserved in the database instead.
		rateLimit: { enabled: false },
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: 12,
			maxPasswordLength: 128,
			password: {
				hash: hashPassword,
				verify: ({ hash, password }) => verifyPassword(hash, password)
			}
		},
		user: {
			modelName: 'user',
			fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' }
		},
		session: {
			modelName: 'session',
			fields: {
				userId: 'user_id',
				expiresAt: 'expires_at',
				ipAddress: 'ip_address',
				userAgent: 'user_agent',
				createdAt: 'created_at',
				updatedAt: 'updated_at'
			},
			expiresIn: idleSeconds,
			updateAge: prolongedAfterSeconds,
			// A cached session would outlive its end.
			cookieCache: { enabled: false }
		},
		account: {
			modelName: 'account',
			fields: {
				userId: 'user_id',
				accountId: 'account_id',
				providerId: 'provider_id',
				accessToken: 'access_token',
				refreshToken: 'refresh_token',
				idToken: 'id_token',
				accessTokenExpiresAt: 'access_token_expires_at',
				refreshTokenExpiresAt: 'refresh_token_expires_at',
				createdAt: 'created_at',
				updatedAt: 'updated_at'
			}
		},
		verification: {
			modelName: 'verification',
			fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' }
		},
		advanced: {
			database: { generateId: 'uuid', joins: true },
			// The address comes from the adapter under this name, never from a header of the client.
			ipAddress: { ipAddressHeaders: [addressHeader] },
			useSecureCookies: false, // would add __Secure-; the name below carries the stronger __Host-
			cookies: { session_token: { name: sessionCookie } },
			defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: https, path: '/' }
		}
	});

	/** Session cookies that Better Auth took, with the token behind each: their signature need not be checked again. */
	const taken = new Map<string, string>();

	/** Supabase tokens that were signed, by what they claim, and until when (milliseconds) they are taken again. */
	const tokens = new Map<string, { token: string; until: number }>();

	return { auth, pool, settings, sessionCookie, taken, tokens };
}

/** The header in which the app hands Better Auth the address of the client. */
export const addressHeader = 'x-xiezhi-client-address';

/** A key for one purpose, so that no secret serves two. */
export function derivedKey(secret: string, purpose: string): string {
	return createHmac('sha256', secret).update(`xiezhi ${purpose}`).digest('hex');
}
