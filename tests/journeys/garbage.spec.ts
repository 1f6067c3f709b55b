import { createHash, randomInt } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { Agent, request as send, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { counts } from '../counts.ts';
import { member } from '../database/council.ts';
import { seeded } from '../seeded.ts';
import { startOwn, type OwnInstance } from './instance.ts';

// Thousands of requests that nobody sends on purpose, to every address there is, as different people: the answer is
// never a failure of ours, and says nothing of how we are made.

const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
const random = seeded(seed);
const any = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
const chance = (share: number) => random() < share;

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
let own: OwnInstance;
/** Headers by which different people are known; the first is a stranger. */
const people: Record<string, string>[] = [{}];
/** Ids and codes that exist. */
const real = new Set<string>();

test.beforeAll(async () => {
	test.setTimeout(300_000);
	console.log(`garbage: seed ${seed}`);
	own = await startOwn({
		API_REQUESTS_PER_MINUTE: '1000000',
		API_UPLOADS_PER_MINUTE: '1000000'
	});
	for (const login of ['secretariat', 'reviewer.city', 'reporter.hewei', 'admin.xiaobu', 'auditor'])
		people.push({ cookie: await cookieOf(login) });
	people.push(...(await keys()).map((key) => ({ authorization: `Bearer ${key}` })));
	for (const person of people.slice(1, 6))
		for (const page of [
			'/',
			'/submissions',
			'/reviews',
			'/meetings',
			'/action-items',
			'/organisations'
		])
			for (const [id] of (await ask({ path: page, headers: person })).body.matchAll(
				/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
			))
				real.add(id);
	for (const code of ['IN3', 'platform_labour_monthly', '2026-03', '2026-Q1', '31', '310105'])
		real.add(code);
});

test.afterAll(async () => {
	agent.destroy();
	expect(await own.stop()).toBe(0);
});

test(`whatever is sent, nothing fails and nothing is told that is nobody's business`, async () => {
	test.setTimeout(1_200_000);
	const slowest: { milliseconds: number; what: string }[] = [];
	const statuses = new Map<number, number>();
	const wrong: string[] = [];
	let sent = 0;
	async function keepSending() {
		while (sent++ < counts.requests && wrong.length < 50) {
			const asked = generate();
			const what = `${asked.method} ${asked.path.slice(0, 160)} ${JSON.stringify(asked.headers).slice(0, 300)} ${String(asked.body ?? '').slice(0, 300)}`;
			const answer = await ask(asked).catch((problem: unknown) => {
				wrong.push(`${String(problem)} ${what}`);
			});
			if (!answer) continue;
			statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
			slowest.push({ milliseconds: answer.milliseconds, what });
			slowest.sort((a, b) => b.milliseconds - a.milliseconds).splice(10);
			if (answer.status >= 500) wrong.push(`${answer.status} ${what}`);
			const told = inside.exec(answer.body);
			if (told) wrong.push(`tells ${told[0]}: ${what}`);
			// 431 is Node's own, before anybody is asked.
			const refused = answer.status >= 400 && answer.status !== 431;
			if (isOfApi(asked) && refused && !/^\{"(error|message)"/.test(answer.body))
				wrong.push(
					`${answer.status}, not as the API words it (${answer.body.slice(0, 80)}): ${what}`
				);
		}
	}
	await Promise.all(Array.from({ length: 6 }, keepSending));
	console.log(
		`garbage: ${sent} requests, ${JSON.stringify(Object.fromEntries([...statuses].sort()))}; slowest:\n` +
			slowest.map(({ milliseconds, what }) => `  ${Math.round(milliseconds)} ms ${what}`).join('\n')
	);
	if (wrong.length > 0) console.log(logged('app').slice(-3000));
	expect(wrong.slice(0, 10)).toEqual([]);
	expect((await ask({ path: '/healthz' })).status).toBe(200);
	expect(logged('app')).not.toContain('"event":"unhandled"');
	expect(logged('instance')).not.toContain('"event":"died"');
});

test('an address that cannot be decoded is answered, also where a form goes to an action that nobody has', async () => {
	for (const path of ['/calendar/%E0%A4%A', '/%ff'])
		for (const query of ['', '?/constructor', '?/default', '?/nothing']) {
			const headers = { origin: own.address, 'content-type': 'application/x-www-form-urlencoded' };
			const answer = await ask({ method: 'POST', path: path + query, headers, body: 'a=b' });
			expect(answer.status, path + query).toBeGreaterThanOrEqual(400);
			expect(answer.status, path + query).toBeLessThan(500);
		}
});

test('a character that no database holds is refused wherever an address or a form can carry it', async () => {
	const wrong: string[] = [];
	for (const person of people.slice(0, 4))
		for (const { path, actions, reads } of routes) {
			const address = path.replace(/\[[^\]]+\]/g, '%00');
			const asked: Asked[] = [...new Set(['token', 'to', ...reads])].map((name) => ({
				path: `${address}?${name}=%00`
			}));
			for (const action of actions)
				asked.push({
					method: 'POST',
					path: `${address}?token=%00&/${action}`,
					headers: { 'content-type': 'application/x-www-form-urlencoded' },
					body: [...new Set([...fields, ...reads])].map((name) => `${name}=a%00b`).join('&')
				});
			for (const one of asked) {
				const headers = { accept: 'text/html', origin: own.address, ...one.headers, ...person };
				if (address === '/sign-out') continue;
				const { status } = await ask({ ...one, headers });
				if (status >= 500) wrong.push(`${status} ${one.method ?? 'GET'} ${one.path}`);
			}
		}
	expect(wrong).toEqual([]);
});

test('a method that an address of the API does not take is answered in JSON, with those it takes', async () => {
	const [key] = people.slice(6);
	for (const [method, path, allow] of [
		['DELETE', '/api/v1/datasets', /GET/],
		['PUT', '/api/v1/submissions', /POST/],
		['PATCH', '/api/v1/openapi.json', /GET/]
	] as const) {
		const answer = await ask({ method, path, headers: { ...key, 'accept-language': 'en' } });
		expect(answer.status).toBe(405);
		expect(answer.headers.allow).toMatch(allow);
		expect(JSON.parse(answer.body)).toMatchObject({
			error: { key: 'method_not_allowed', message: expect.stringContaining('Allow') as unknown }
		});
	}
});

const logged = (part: string) => readFileSync(join(own.dataDir, 'logs', `${part}.log`), 'utf8');

/** What reaches the endpoints: SvelteKit itself answers for its data, forms of other sites, addresses that are none. */
const isOfApi = ({ method, path, headers }: ReturnType<typeof generate>) =>
	/^\/api\/v1\/(?!.*__data\.json)/.test(path) &&
	isAddress(path) &&
	method !== 'HEAD' &&
	(headers.origin !== undefined || ['GET', 'OPTIONS'].includes(method));

function isAddress(path: string): boolean {
	try {
		return decodeURI(path.split('?')[0] ?? '') !== '';
	} catch {
		return false;
	}
}

/** A stack, SQL, a message of Postgres, a place on this machine. */
const inside =
	/\n\s+at .*:\d+:\d+|node_modules|file:\/\/|violates \w+ constraint|duplicate key|syntax error at|invalid (input syntax|byte sequence)|relation "|column "|PGRST\d|SQLSTATE|\bselect .+ from (public|private)\.|\/build\/server\//i;

// ---------------------------------------------------------------- what is sent

type Asked = {
	method?: string;
	path: string;
	headers?: Record<string, string>;
	body?: Buffer | string | undefined;
};

const root = join(import.meta.dirname, '..', '..', 'src');
const sources = globSync('routes/**/{+page.svelte,+page.server.ts,+server.ts}', { cwd: root });
const routes = [...new Set(sources.map((file) => file.replace(/\/\+[^/]*$/, '')))].map(
	(folder) => ({
		path: folder.replace(/^routes/, '').replace(/\/\([^)]+\)/g, '') || '/',
		actions: namesIn(`${folder}/+page.server.ts`, /^\t(\w+): async/gm),
		reads: ['+page.server.ts', '+server.ts', '+page.svelte'].flatMap((file) =>
			namesIn(`${folder}/${file}`, /\.get(?:All)?\('(\w+)'\)/g)
		)
	})
);
const everywhere = globSync('{routes,lib}/**/*.ts', { cwd: root }).filter(
	(file) => !file.includes('paraglide')
);
const fields = [
	...new Set(
		everywhere.flatMap((file) => [
			...namesIn(file, /^\t+(\w+): z[.\n]/gm),
			...namesIn(file, /\.get(?:All)?\('(\w+)'\)/g)
		])
	)
].sort();

function namesIn(file: string, pattern: RegExp): string[] {
	let text = '';
	try {
		text = readFileSync(join(root, file), 'utf8');
	} catch {
		// A page without a server file has no actions.
	}
	return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

const odd = [
	'',
	' ',
	'\0',
	'a\0b',
	'0',
	'-1',
	'1e309',
	'99999999999999999999',
	'NaN',
	'null',
	'[]',
	'{}',
	'true',
	'../../etc/passwd',
	'%',
	"' or 1=1 --",
	'");drop table',
	'*',
	'a,b.(c)',
	'not.is.null',
	'\ud800',
	'\u202e中文',
	'😀'.repeat(40),
	'x'.repeat(3000),
	'中'.repeat(3000),
	'2026-02-30',
	'0000-00',
	'9999-12',
	'00000000-0000-0000-0000-000000000000',
	'<script>alert(1)</script>',
	'__proto__',
	'constructor'
];
const plain = [
	'说明文字足够长的一句话',
	'12',
	'3.5',
	'2026-11-30',
	'accept',
	'on',
	'en',
	'zh-CN',
	'for'
];
const value = () => (chance(0.35) ? any([...real]) : chance(0.3) ? any(plain) : any(odd));

/** Not all of it can be written in an address; then as broken as it can be. */
function inAddress(text: string): string {
	if (chance(0.05))
		return any(['%ff', '%E0%A4%A', '%00', '%c0%ae', '%ed%a0%80', '%2e%2e%2f', ';', '~']);
	return encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '?')).slice(0, 6000);
}

function generate(): Asked & { method: string; headers: Record<string, string> } {
	const route = any(routes);
	const path = route.path
		.replace(/\[[^\]]+\]/g, () => inAddress(value()) || 'x')
		.concat(chance(0.05) ? '/' : '', chance(0.1) ? '/__data.json' : '');
	const query: string[] = [];
	const action = route.actions.length && chance(0.6) ? any(route.actions) : null;
	if (action && action !== 'default') query.push(`/${action}`);
	if (chance(0.01)) query.push(any(['/default', '/constructor', '/nothing', '/']));
	for (let left = Math.floor(random() * 4); left > 0; left--)
		query.push(`${any(fields)}=${inAddress(value())}`);
	if (chance(0.02)) query.push(`q=${'a'.repeat(any([2000, 8000, 12_000]))}`);

	const method = action
		? chance(0.9)
			? 'POST'
			: any(verbs)
		: chance(0.5)
			? 'GET'
			: chance(0.5)
				? 'POST'
				: any(verbs);
	const headers: Record<string, string> = { ...any(people), ...oddHeaders() };
	const body = ['GET', 'HEAD'].includes(method) ? undefined : bodyFor(headers);
	if (body !== undefined && !chance(0.05)) headers.origin = own.address;
	// Whoever signs out takes their session with them.
	if (path.startsWith('/sign-out')) delete headers.cookie;
	return { method, path: path + (query.length ? `?${query.join('&')}` : ''), headers, body };
}

const verbs = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];

function oddHeaders(): Record<string, string> {
	const some: Record<string, string>[] = [
		{ accept: any(['text/html', 'application/json', 'text/csv', '*/*', ';;q=', 'x'.repeat(500)]) },
		{ 'accept-language': any(['en', 'zh', ',,;q=x', 'en;q=9e999', 'q'.repeat(4000)]) },
		{ 'if-none-match': any(['*', '"', 'W/"x"', '\xff\xfe']) },
		{ 'idempotency-key': any(['', 'k', '\xe4\xb8\xad', 'k'.repeat(300), '../x']) },
		{ 'x-sveltekit-action': 'true', accept: 'application/json' },
		{ authorization: any(['Bearer', 'Bearer xz_', 'Basic Og==', `Bearer xz_${'q'.repeat(43)}`]) },
		{ cookie: any(['xiezhi_session=x', 'a=%ff; theme=%', 'PARAGLIDE_LOCALE=%00', ';;;===']) },
		{ range: 'bytes=5-2', 'content-encoding': 'gzip' },
		{ 'x-forwarded-for': '\xff', 'x-forwarded-proto': 'javascript', forwarded: 'for=' },
		{ 'upload-offset': any(['-1', 'x', '9e99']), 'content-range': 'bytes x' }
	];
	return chance(0.3) ? any(some) : {};
}

function bodyFor(headers: Record<string, string>): Buffer | string {
	const pairs = Array.from(
		{ length: Math.floor(random() * 8) },
		() => [any(fields), value()] as const
	);
	const kind = any([
		'form',
		'form',
		'form',
		'multipart',
		'multipart',
		'json',
		'csv',
		'xlsx',
		'noise',
		'none'
	]);
	const broken = chance(0.3);
	if (kind === 'form') {
		headers['content-type'] = 'application/x-www-form-urlencoded';
		return pairs
			.map(
				([name, text]) =>
					`${name}=${broken ? any(['%', '%ff', '&&=', '\xff']) : ''}${inAddress(text)}`
			)
			.join('&');
	}
	if (kind === 'multipart') {
		const boundary = 'limit';
		headers['content-type'] = any([
			`multipart/form-data; boundary=${boundary}`,
			`multipart/form-data; boundary=${boundary}`,
			'multipart/form-data',
			'multipart/form-data; boundary="'
		]);
		const parts = pairs.map(
			([name, text]) =>
				`--${boundary}\r\ncontent-disposition: form-data; name="${name}"${chance(0.3) ? '; filename="a.csv"\r\ncontent-type: text/csv' : ''}\r\n\r\n${text}\r\n`
		);
		const whole = Buffer.from(`${parts.join('')}--${boundary}--\r\n`);
		return broken ? whole.subarray(0, Math.floor(random() * whole.length)) : whole;
	}
	if (kind === 'json') {
		headers['content-type'] = 'application/json';
		const entries = [
			{ measure: value(), region: value(), value: any([1, -1, 1e300, null, 'x', []]) }
		];
		const filing = { dataset: value(), period: value(), entries: chance(0.7) ? entries : value() };
		const text = JSON.stringify(chance(0.6) ? filing : Object.fromEntries(pairs));
		return broken ? text.slice(0, Math.floor(random() * text.length)) : text;
	}
	if (kind === 'csv' || kind === 'xlsx') {
		headers['content-type'] =
			kind === 'csv'
				? 'text/csv'
				: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
		return broken ? Buffer.from(noise(400)) : `PK\x03\x04,${value()}\n${value()},${value()}\n`;
	}
	if (kind === 'noise') {
		headers['content-type'] = any(['text/plain', 'application/octet-stream', 'x/\xff', '']);
		return Buffer.from(noise(2000));
	}
	return '';
}

const noise = (most: number) =>
	Array.from({ length: Math.floor(random() * most) }, () => Math.floor(random() * 256));

// ---------------------------------------------------------------- people and answers

function ask({ method = 'GET', path, headers = {}, body }: Asked) {
	const begin = performance.now();
	return new Promise<{
		status: number;
		milliseconds: number;
		headers: IncomingMessage['headers'];
		body: string;
	}>((resolve, reject) => {
		const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
		const request = send(
			own.address + path,
			// An address of 16 KB may come back in a redirect: browsers take it.
			{ method, headers: { ...headers, ...length }, agent, maxHeaderSize: 64 * 1024 },
			(answer) => {
				const parts: Buffer[] = [];
				answer.on('data', (part: Buffer) => parts.push(part));
				answer.on('error', reject);
				answer.on('end', () =>
					resolve({
						status: answer.statusCode ?? 0,
						milliseconds: performance.now() - begin,
						headers: answer.headers,
						body: Buffer.concat(parts).toString()
					})
				);
			}
		);
		request.setTimeout(60_000, () => request.destroy(new Error('no answer within a minute')));
		request.on('error', reject);
		request.end(body);
	});
}

async function cookieOf(login: string): Promise<string> {
	const accounts = JSON.parse(readFileSync(join(own.dataDir, 'demo-accounts.json'), 'utf8')) as {
		email: string;
		password: string;
	}[];
	const known = accounts.find(({ email }) => email.startsWith(`${login}@`));
	const answer = await ask({
		method: 'POST',
		path: '/sign-in',
		headers: {
			origin: own.address,
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'text/html'
		},
		body: new URLSearchParams(known).toString()
	});
	expect(answer.status, login).toBe(303);
	return (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
}

/** A key that files and one that reads, of a platform. */
function keys(): Promise<string[]> {
	return own.asOwner(async (client) => {
		const { rows } = await client.query<{ id: string }>(
			`select id from public.organisations where kind = 'platform' order by id limit 1`
		);
		const made: string[] = [];
		for (const scope of ['submissions:write', 'read']) {
			const token = `xz_${(scope === 'read' ? 'r' : 'w').repeat(43)}`;
			const { person } = await member(client, rows[0]?.id ?? '', 'reporter');
			await client.query(
				`insert into public.api_keys (organisation_id, name, prefix, token_hash, scopes, person_id, created_by)
				 values ($1, 'system', $2, $3, $4, $5, $5)`,
				[
					rows[0]?.id,
					token.slice(0, 9),
					createHash('sha256').update(token).digest('hex'),
					[scope],
					person
				]
			);
			made.push(token);
		}
		return made;
	});
}
