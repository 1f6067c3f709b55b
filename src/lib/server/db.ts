import { createClient, type PostgrestError, type SupabaseClient } from '@supabase/supabase-js';
import { error, isHttpError } from '@sveltejs/kit';
import type { Database, Json } from '#lib/server/database.types.ts';
import { refusalText } from '#lib/server/http/refusal-text.ts';

/** The Supabase API as one person acting for one organisation, or as a stranger (`anon`). */
export type Db = SupabaseClient<Database>;

/** A "no" that has a reason: an HTTP status and the key of its wording (`refusal_<key>`). */
export type Refusal = { status: number; key: string };

/** Where the Supabase API is, and the key that every request to it carries. */
type Api = { url: string; publishableKey: string };

/**
 * A client for one request. `token` is the person's short-lived Supabase token, or makes it when it is needed;
 * without one the client is `anon`. It keeps nothing between requests, and is made when something is asked.
 */
export function openDb(
	api: Api,
	token: string | (() => Promise<string>) | null,
	fetch?: typeof globalThis.fetch
): Db {
	let made: Db | undefined;
	const make = () =>
		createClient<Database>(api.url, api.publishableKey, {
			auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
			// A client with a token of its own never starts supabase-js's sign-in machinery.
			...(token ? { accessToken: async () => (typeof token === 'string' ? token : token()) } : {}),
			global: { fetch: (input, init) => (fetch ?? globalThis.fetch)(input, withTimeout(init)) }
		});
	// Many requests ask nothing: what they show is kept.
	return new Proxy({} as Db, {
		get(_, name) {
			made ??= make();
			const value: unknown = Reflect.get(made, name);
			return typeof value === 'function' ? (value.bind(made) as unknown) : value;
		}
	});
}

/**
 * A request whose database died in the middle may never be answered; a person is told after this many milliseconds. What
 * files or decides may take long; a page that is only read is not waited for.
 */
function longestWait(method = 'GET'): number {
	return ['GET', 'HEAD'].includes(method) ? 20_000 : 60_000;
}

function withTimeout(init: RequestInit = {}): RequestInit {
	const late = AbortSignal.timeout(longestWait(init.method));
	return { ...init, signal: init.signal ? AbortSignal.any([init.signal, late]) : late };
}

/** What the database may answer with a reason, besides the verbs' own `PTnnn`. */
const refusals: Record<string, Refusal> = {
	'42501': { status: 403, key: 'not_allowed' },
	'23505': { status: 409, key: 'already_there' },
	'22P02': { status: 404, key: 'not_found' },
	// The embedded API takes `true` or a number in a filter for one, and compares it with text or an id.
	'42883': { status: 404, key: 'not_found' },
	// Text that Postgres cannot hold (NUL), numbers and dates beyond what it counts: nobody types these.
	'22021': { status: 422, key: 'value_not_possible' },
	'22P05': { status: 422, key: 'value_not_possible' },
	'22001': { status: 422, key: 'value_not_possible' },
	'22003': { status: 422, key: 'value_not_possible' },
	'22007': { status: 422, key: 'value_not_possible' },
	'22008': { status: 422, key: 'value_not_possible' },
	// A page beyond the last.
	PGRST103: { status: 404, key: 'not_found' },
	PGRST116: { status: 404, key: 'not_found' },
	PGRST301: { status: 401, key: 'session_ended' },
	PGRST302: { status: 401, key: 'session_ended' },
	PGRST303: { status: 401, key: 'session_ended' }
};

/**
 * The refusal behind an error of the API. SQL refuses with
 * `raise sqlstate 'PT409' using message = '<snake_key>'`. Anything without a reason is a bug, and throws.
 */
export function refusalFrom(problem: Pick<PostgrestError, 'code' | 'message'>): Refusal {
	const raised = /^PT([45]\d\d)$/.exec(problem.code);
	const key = /^[a-z][a-z0-9_]{2,60}$/.test(problem.message) ? problem.message : null;
	if (raised) return { status: Number(raised[1]), key: key ?? 'unknown' };
	if (problem.code === 'P0001' && key) return { status: 400, key };

	if (isUnreachable(problem)) return { status: 503, key: 'not_available_now' };

	const known = refusals[problem.code];
	if (known) return known;

	throw new Error(`the database failed with ${problem.code || 'no code'}`, { cause: problem });
}

/** Whether something failed only because the database or its API is away at the moment. */
export function isUnreachable(problem: unknown): boolean {
	const { code, message } = (problem ?? {}) as { code?: unknown; message?: unknown };
	return (
		/^(PGRST00[0-3]|08\w{3}|57P0[1-3]|53300|ECONN\w+|EPIPE)$/.test(String(code)) ||
		/fetch failed|TimeoutError|Connection terminated|timeout exceeded when trying to connect/.test(
			String(message)
		)
	);
}

/** Ends the request with a refusal; in a `load` the error page shows its sentence. */
export function refusing(refusal: Refusal): never {
	error(refusal.status, { message: refusalText(refusal.key), key: refusal.key });
}

/** The thing itself. @throws refusal not_found where there is none, or none that the reader may see */
export function orNotFound<T>(thing: T | null | undefined, key = 'not_found'): T {
	return thing ?? refusing({ status: 404, key });
}

/**
 * The data of an answer of the API.
 * @throws a refusal, which `act` answers to a form; or an Error, which is a bug
 */
export function rows<T>(result: { data: T | null; error: PostgrestError | null }): NonNullable<T> {
	if (result.error) refusing(refusalFrom(result.error));
	return result.data as NonNullable<T>;
}

/**
 * The JSON that a function answers, as the functions for whole pages do. The generated types know nothing of its shape:
 * what is claimed here is shown by the page's tests alone.
 */
export function jsonOf<Shape>(result: { data: Json; error: PostgrestError | null }): Shape {
	return rows(result) as Shape;
}

/** The refusal in something caught, or null if it was something else. */
export function refusalOf(caught: unknown): Refusal | null {
	// What was cancelled is thrown as the reason of its signal.
	if (isRefusal(caught)) return caught;
	if (!isHttpError(caught) || !caught.body.key) return null;
	return { status: caught.status, key: caught.body.key };
}

function isRefusal(value: unknown): value is Refusal {
	const { status, key } = (value ?? {}) as Partial<Record<keyof Refusal, unknown>>;
	return typeof status === 'number' && typeof key === 'string';
}

/** Rows that one answer of the API may hold on every backend. */
const ROWS_PER_ANSWER = 1000;

/** Reads on until an answer is not full. */
export async function everyRow<Row>(
	ask: (
		from: number,
		to: number
	) => PromiseLike<{ data: Row[] | null; error: PostgrestError | null }>
): Promise<Row[]> {
	const all: Row[] = [];
	for (;;) {
		const part = rows(await ask(all.length, all.length + ROWS_PER_ANSWER - 1));
		all.push(...part);
		if (part.length < ROWS_PER_ANSWER) return all;
	}
}
