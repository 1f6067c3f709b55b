// The Supabase API of one machine, as a process of its own: PostgREST by @supabase/lite over the embedded
// Postgres. Nothing but /rest/v1 answers, and a token is checked here before lite sees it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { App, type ServerOptions } from '@supabase/lite';
import { createPostgresConnection } from '@supabase/lite/postgres';
import { jwtVerify, type JWTPayload } from 'jose';
import { sql, type Kysely } from 'kysely';
import type { PendingQuery, Row, UnsafeQueryOptions } from 'postgres';
import { needed } from './environment.ts';

// If whoever started this process dies, it must not stay behind and hold the database.
process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));

const publishableKey = needed('SUPABASE_PUBLISHABLE_KEY');
const secret = needed('SUPABASE_JWT_SECRET');
const key = new TextEncoder().encode(secret);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

// lite prints whole errors of the database, and those quote values.
console.error = (problem: unknown) => {
	const { name, code } = (problem ?? {}) as { name?: string; code?: string };
	const line = { at: new Date().toISOString(), level: 'error', event: 'api', name, code };
	try {
		process.stderr.write(`${JSON.stringify(line)}\n`);
	} catch {
		// A full disk: what cannot be noted is answered all the same.
	}
};

/** lite hands objects and lists over as JSON text already; written as JSON once more they would arrive as strings. */
const asJson = (value: unknown) =>
	typeof value === 'string' && /^\s*[[{]/.test(value) ? value : JSON.stringify(value);
const json = { serialize: asJson, parse: (text: string): unknown => JSON.parse(text) };

const connection = createPostgresConnection({
	url: needed('API_DATABASE_URL'),
	postgresOptions: {
		max: 16,
		// Seconds until a broken connection is made again: the database is on this machine, and back in a moment.
		backoff: () => 0.2,
		onnotice: () => undefined,
		types: {
			jsonb: { to: 3802, from: [3802], ...json },
			json: { to: 114, from: [114], ...json },
			// A number, as PostgREST answers it; lite would answer text where digits end in zero.
			numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
			// ISO 8601, as PostgREST answers it.
			timestamptz: {
				to: 1184,
				from: [1184],
				serialize: String,
				parse: (text: string) => text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
			}
		}
	}
});

type Statement = (
	text: string,
	values?: never[],
	options?: UnsafeQueryOptions
) => PendingQuery<Row[]>;

/**
 * Statements with values are prepared: parsed once for each connection, and sent in one way there and back where lite's
 * own would take two. What every transaction begins with is sent ahead and not waited for: Postgres takes statements in
 * their order, and where one fails, so does the rest of its transaction.
 */
const { driver } = connection;
const reserve = driver.reserve.bind(driver);
driver.reserve = async () => {
	const held = await reserve();
	const send = held.unsafe.bind(held) as Statement;
	const unsafe: Statement = (text, values, options) => {
		const sent = send(text, values, { prepare: Boolean(values?.length), ...options });
		if (text !== 'begin' && !text.startsWith(whoAsks)) return sent;
		// Sent now; a query of this driver is otherwise sent when somebody waits for it.
		sent.execute().catch(() => undefined);
		return Promise.resolve(Object.assign([], { command: '', count: 0 })) as never;
	};
	return Object.assign(held, { unsafe });
};

/** How the statement begins that says who asks. */
const whoAsks = "select set_config('role', ";

type RequestContext = { auth?: { uid?: string | null; role?: string; jwt?: unknown } };

Object.assign(connection, {
	// lite would grant every table to every role when it meets row-level security; the migrations say who may what.
	ensureRlsContext: () => Promise.resolve(true),
	// Who asks, in one statement where lite takes eleven: most of the time of a small request went there.
	async applyJwtSessionContext(transaction: Kysely<unknown>, { auth }: RequestContext) {
		await sql`select set_config('role', ${auth?.role ?? 'anon'}, true),
			set_config('request.jwt.claims', ${JSON.stringify(auth?.jwt ?? { role: 'anon' })}, true),
			set_config('response.status', '', true),
			set_config('response.headers', '', true)`.execute(transaction);
	},
	applyRpcRequestGucs: () => Promise.resolve()
});

type Middleware = NonNullable<ServerOptions['middlewares']>[number];

/** Tokens whose signature was checked; a page may bring its own more than once. */
const checked = new Map<string, JWTPayload>();
const mostChecked = 1000;

async function claimsOf(token: string): Promise<JWTPayload> {
	const known = checked.get(token);
	if (known?.exp && known.exp > Date.now() / 1000) return known;
	const { payload } = await jwtVerify(token, key, {
		algorithms: ['HS256'],
		issuer: 'xiezhi',
		audience: 'authenticated',
		requiredClaims: ['exp', 'sub', 'role']
	});
	if (checked.size >= mostChecked) checked.clear();
	checked.set(token, payload);
	return payload;
}

/** Only our own, unexpired tokens of signed-in people pass; no other role, whoever signed it. */
const onlyPeople: Middleware = async (context, next) => {
	const bearer = /^Bearer +(.+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
	if (context.req.header('authorization') !== undefined && bearer !== publishableKey) {
		try {
			const payload = await claimsOf(bearer ?? '');
			if (payload.role !== 'authenticated' || !uuid.test(payload.sub ?? ''))
				throw new Error('role');
			// Known already: lite asks auth.users about nobody.
			context.set('userId', payload.sub);
			context.set('sessionId', typeof payload.sid === 'string' ? payload.sid : 'none');
		} catch (error) {
			const expired = (error as { code?: string }).code === 'ERR_JWT_EXPIRED';
			return context.json(
				expired
					? { code: 'PGRST303', message: 'JWT expired', details: null, hint: null }
					: { code: 'PGRST301', message: 'JWT refused', details: null, hint: null },
				401
			);
		}
	}
	await next();
};

const app = new App({
	connection,
	api: { enabled: true, schemas: ['public'], max_rows: 100_000 },
	auth: { enabled: false, jwt_secret: secret, publishable_key: publishableKey },
	studio: { enabled: false },
	options: { server: { admin: false, disableStudio: true, middlewares: [onlyPeople] } }
});
await app.init();
await connection.introspect({ useCache: true });
// As with PostgREST: NOTIFY pgrst, 'reload schema' after a change of the schema.
await connection.driver.listen('pgrst', () => void connection.clearSchemaCache());

const server = createServer((request, response) => {
	answer(request, response).catch((problem: unknown) => {
		console.error(problem);
		if (!response.headersSent) response.writeHead(500);
		response.end();
	});
});
// Longer than any client keeps a connection: otherwise one may be closed just as it is used again.
server.keepAliveTimeout = 75_000;
server.listen(Number(needed('PORT')), '127.0.0.1');

/** How lite words that Postgres is away or on its way up; PostgREST has a code for it. */
const unreachable =
	/ECONN|EPIPE|CONNECTION_|CONNECT_TIMEOUT|terminating connection|system is (starting up|shutting down|not yet accepting|in recovery)/;

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
	if (!incoming.url?.startsWith('/rest/v1/') || incoming.method === 'OPTIONS') {
		outgoing.writeHead(404).end();
		return;
	}
	const request = new Request(`http://127.0.0.1${incoming.url}`, {
		method: incoming.method ?? 'GET',
		headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [
			name,
			String(value)
		]),
		body: ['GET', 'HEAD'].includes(incoming.method ?? '') ? null : await bodyOf(incoming)
	});
	const answer = await app.fetch(request, { peerAddress: incoming.socket.remoteAddress ?? null });
	if (answer.status === 500 && unreachable.test(await answer.clone().text())) {
		outgoing.writeHead(503, { 'content-type': 'application/json' });
		outgoing.end(JSON.stringify({ code: 'PGRST001', message: 'no connection to the database' }));
		return;
	}
	outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
	// lite has it whole.
	outgoing.end(Buffer.from(await answer.arrayBuffer()));
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
