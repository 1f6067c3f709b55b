import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { surviveBreaks } from '#lib/server/process/pool.ts';
import { startBackend, type Backend } from '../../supabase/embedded/backend.ts';
import { withClient } from '../../supabase/embedded/connection.ts';
import { migrate } from '../../supabase/embedded/migrate.ts';
import { counts } from '../counts.ts';

const person = '11111111-1111-4111-8111-111111111111';
const folder = mkdtempSync(join(tmpdir(), 'xiezhi-embedded-'));
let backend: Backend;

beforeAll(async () => {
	backend = await startBackend({ dataDir: folder });
}, 60_000);

afterAll(async () => {
	await backend.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** Who the database thinks is asking; 401 and the like as a number. */
async function seenAs(
	authorization: string | null,
	apikey: string | null = backend.publishableKey
) {
	const answer = await fetch(`${backend.apiUrl}/rest/v1/people?select=id&limit=1`, {
		headers: { ...(apikey ? { apikey } : {}), ...(authorization ? { authorization } : {}) }
	});
	return answer.status;
}

function token(claims: Record<string, unknown> = {}, secret = backend.jwtSecret) {
	const { exp = '5m', ...rest } = claims as { exp?: string | number };
	return new SignJWT({
		role: 'authenticated',
		iss: 'xiezhi',
		aud: 'authenticated',
		sub: person,
		...rest
	})
		.setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
		.setIssuedAt()
		.setExpirationTime(exp)
		.sign(new TextEncoder().encode(secret));
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token', () => {
	test('of a signed-in person opens the API', async () => {
		expect(await seenAs(`Bearer ${await token()}`)).toBe(200);
	});

	test.each<[string, () => Promise<string>]>([
		['signed with another key', () => token({}, 'x'.repeat(48))],
		['that has expired', () => token({ exp: 1_700_000_000 })],
		['of the service role', () => token({ role: 'service_role' })],
		['of the owner of the tables', () => token({ role: 'postgres' })],
		['of the superuser', () => token({ role: 'supabase_admin' })],
		['of anon', () => token({ role: 'anon' })],
		['without a role', () => token({ role: undefined })],
		['for another audience', () => token({ aud: 'elsewhere' })],
		['of another issuer', () => token({ iss: 'elsewhere' })],
		['without a person', () => token({ sub: undefined })],
		['of somebody who is no uuid', () => token({ sub: 'admin' })],
		[
			'without a signature',
			() => {
				const claims = { role: 'authenticated', iss: 'xiezhi', aud: 'authenticated', sub: person };
				const body = part({ ...claims, exp: Math.floor(Date.now() / 1000) + 300 });
				return Promise.resolve(`${part({ alg: 'none' })}.${body}.`);
			}
		],
		[
			'signed by another algorithm with the same key',
			() => {
				const claims = { role: 'authenticated', iss: 'xiezhi', aud: 'authenticated', sub: person };
				const body = `${part({ alg: 'HS512' })}.${part({ ...claims, exp: Math.floor(Date.now() / 1000) + 300 })}`;
				const signature = createHmac('sha512', backend.jwtSecret).update(body).digest('base64url');
				return Promise.resolve(`${body}.${signature}`);
			}
		],
		['that is none', () => Promise.resolve('nonsense')],
		['that is empty', () => Promise.resolve('')]
	])('%s gets nothing', async (_, make) => {
		expect(await seenAs(`Bearer ${await make()}`)).toBe(401);
	});
});

describe('a stranger', () => {
	test('without the key of the API gets nothing', async () => {
		expect(await seenAs(null, null)).toBe(401);
		expect(await seenAs(`Bearer ${await token()}`, null)).toBe(401);
		expect(await seenAs(null, 'sb_publishable_guessed')).toBe(401);
	});

	test('with the key reads no person', async () => {
		expect(await seenAs(null)).toBe(401);
	});

	test.each(['/auth/v1/signup', '/storage/v1/bucket', '/_system/', '/', '/rest/v1'])(
		'finds nothing at %s',
		async (path) => {
			const answer = await fetch(`${backend.apiUrl}${path}`, {
				method: 'POST',
				headers: { apikey: backend.publishableKey }
			});
			expect(answer.status).toBe(404);
		}
	);
});

test('numbers, lists and objects are answered as such, like by PostgREST', async () => {
	await withClient(backend.ownerUrl, (owner) =>
		owner.query(
			`create function public.sorts() returns table (part numeric, whole bigint, list numeric[], object jsonb, nothing numeric)
			   language sql as $$ select 12.50, 9000000000, '{1.50,2}'::numeric[], '{"a":[1.50]}'::jsonb, null::numeric $$;
			 grant execute on function public.sorts() to anon;
			 notify pgrst, 'reload schema'`
		)
	);
	const answered = async (path: string): Promise<unknown> => {
		const headers = { apikey: backend.publishableKey };
		return (await fetch(`${backend.apiUrl}/rest/v1/${path}`, { headers })).json();
	};
	await expect
		.poll(() => answered('rpc/sorts'), { timeout: 20_000 })
		.toEqual([
			{ part: 12.5, whole: 9_000_000_000, list: [1.5, 2], object: { a: [1.5] }, nothing: null }
		]);
	expect(await answered('definition_terms?select=weight&limit=1')).toEqual([{ weight: 1 }]);
	await withClient(backend.ownerUrl, (owner) => owner.query('drop function public.sorts()'));
});

describe("the API's own login", () => {
	test('owns nothing, inherits nothing, and becomes nobody but the two roles of requests', async () => {
		await withClient(backend.databaseApiUrl, async (api) => {
			const roles = await api.query<{ rolname: string }>(
				`select rolname from pg_roles where pg_has_role(current_user, oid, 'SET') and rolname <> current_user order by 1`
			);
			expect(roles.rows.map((row) => row.rolname)).toEqual(['anon', 'authenticated']);
			const inherited = await api.query(
				`select from pg_roles where pg_has_role(current_user, oid, 'USAGE') and rolname <> current_user`
			);
			expect(inherited.rowCount).toBe(0);
			const owned = await api.query(
				`select from pg_class where relowner = (select oid from pg_roles where rolname = current_user)`
			);
			expect(owned.rowCount).toBe(0);
			await expect(api.query('select * from public.people')).rejects.toThrow(/permission denied/);
			await expect(api.query('set role postgres')).rejects.toThrow(/permission denied/);
			await expect(api.query('set role service_role')).rejects.toThrow(/permission denied/);
			await expect(api.query('create table public.mine (id int)')).rejects.toThrow(
				/permission denied/
			);
		});
	});

	test('changes no grant by answering requests', async () => {
		const grants = () =>
			withClient(backend.ownerUrl, async (owner) => {
				const { rows } = await owner.query<{ acl: string }>(
					`select coalesce(string_agg(relname || ' ' || relacl::text, E'\\n' order by relname), '') as acl
					 from pg_class where relnamespace = 'public'::regnamespace`
				);
				return rows[0]?.acl;
			});
		const before = await grants();
		await seenAs(`Bearer ${await token()}`);
		expect(await grants()).toBe(before);
	});
});

test('secrets are readable by their owner only, and differ from folder to folder', () => {
	expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
	expect(backend.jwtSecret.length).toBeGreaterThanOrEqual(43);
});

test('Postgres checks its pages and listens to nobody outside', async () => {
	await withClient(backend.ownerUrl, async (owner) => {
		const setting = async (name: string) =>
			(await owner.query<{ value: string }>('select current_setting($1) as value', [name])).rows[0]
				?.value;
		expect(await setting('data_checksums')).toBe('on');
		expect(await setting('listen_addresses')).toBe('127.0.0.1');
		expect(await setting('password_encryption')).toBe('scram-sha-256');
	});
});

describe('when a part is killed', () => {
	test.each(['postgres', 'api'])(
		'%s comes back by itself and nothing is lost',
		async (name) => {
			await remember(backend, `before ${name} died`);
			const dead = backend.pids()[name] ?? 0;
			process.kill(dead, 'SIGKILL');
			await until(async () => backend.pids()[name] !== dead && (await answers(backend)));
			expect(await memories(backend)).toContain(`before ${name} died`);
		},
		30_000
	);
});

test(
	'a Postgres that is killed under load, again and again, ends no other part and leaves no question waiting',
	async () => {
		const { api } = backend.pids();
		const authorization = `Bearer ${await token()}`;
		const headers = { apikey: backend.publishableKey, authorization };
		const ask = async (): Promise<number> => {
			const address = `${backend.apiUrl}/rest/v1/regions?select=code,name_zh&limit=1000`;
			const answer = await fetch(address, { headers });
			await answer.arrayBuffer();
			return answer.status;
		};
		let asked = 0;
		let over = false;
		const statuses = new Set<number>();
		const load = Array.from({ length: 24 }, async () => {
			while (!over) {
				statuses.add(await ask());
				asked++;
			}
		});
		for (let kill = 0; kill < counts.killsUnderLoad; kill++) {
			const before = asked;
			await until(() => Promise.resolve(asked > before + 100));
			const dead = backend.pids().postgres ?? 0;
			process.kill(dead, 'SIGKILL');
			await until(async () => backend.pids().postgres !== dead && (await answers(backend)));
		}
		over = true;
		await Promise.all(load);
		expect(backend.pids().api).toBe(api);
		expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
		// Every connection is as good as new: more questions at once than there are connections.
		expect(new Set(await Promise.all(Array.from({ length: 64 }, ask)))).toEqual(new Set([200]));
	},
	24_000 * counts.killsUnderLoad
);

test('a connection that breaks while somebody has it ends their question, not the process', async () => {
	const pool = new Pool({ connectionString: backend.identityUrl, max: 1 });
	surviveBreaks(pool);
	const client = await pool.connect();
	const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
	// `once` of events would throw the error that comes before.
	const broken = new Promise((resolve) => client.once('end', resolve));
	await withClient(backend.identityUrl, (same) =>
		same.query('select pg_terminate_backend($1)', [rows[0]?.pid])
	);
	await broken;
	await expect(client.query('select 1')).rejects.toThrow();
	client.release(true);
	expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
	await pool.end();
});

test('stopping and starting again keeps everything, and applies nothing twice', async () => {
	await remember(backend, 'before the stop');
	const { jwtSecret } = backend;
	await backend.stop();
	backend = await startBackend({ dataDir: folder });
	expect(await memories(backend)).toContain('before the stop');
	expect(backend.jwtSecret).toBe(jwtSecret);
	expect(backend.applied).toEqual({ migrations: [], seeds: [] });
}, 30_000);

test('a second instance on the same data folder is told so', async () => {
	await expect(startBackend({ dataDir: folder })).rejects.toThrow(
		/Another instance .* set DATA_DIR/
	);
	expect(await answers(backend)).toBe(true);
});

test('after kill -9 of everything the next start recovers by itself', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'xiezhi-killed-'));
	const script = `
		import { startBackend } from ${JSON.stringify(join(import.meta.dirname, '../../supabase/embedded/backend.ts'))};
		const backend = await startBackend({ dataDir: ${JSON.stringify(dataDir)} });
		process.send(backend.pids());
		setInterval(() => undefined, 1000);`;
	const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
		stdio: ['ignore', 'ignore', 'inherit', 'ipc']
	});
	const [pids] = (await once(child, 'message')) as [Record<string, number>];
	child.kill('SIGKILL');
	await once(child, 'exit');
	// The worst case: Postgres still runs and holds the folder.
	expect(() => process.kill(pids.postgres ?? 0, 0)).not.toThrow();

	const again = await startBackend({ dataDir });
	expect(await answers(again)).toBe(true);
	await again.stop();
	rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

test('a full disk ends nothing, and once there is room again everything works', async ({
	skip
}) => {
	const disk = mkdtempSync(join(tmpdir(), 'xiezhi-disk-'));
	const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=760m', 'tmpfs', disk]);
	skip(status !== 0, 'only root may mount a small disk');
	const filler = join(disk, 'filler');
	try {
		const small = await startBackend({ dataDir: join(disk, 'data') });
		fill(filler);
		for (const name of ['api', 'postgres', 'api']) {
			const dead = small.pids()[name] ?? 0;
			process.kill(dead, 'SIGKILL');
			await until(() => Promise.resolve(![0, dead].includes(small.pids()[name] ?? 0)));
		}
		rmSync(filler);
		await until(() => answers(small));
		await remember(small, 'there is room again');
		expect(await memories(small)).toEqual(['there is room again']);
		await small.stop();
	} finally {
		spawnSync('umount', ['-l', disk]);
		rmSync(disk, { recursive: true, force: true });
	}
}, 120_000);

describe('npm start', () => {
	test('says in one sentence that the port is taken', async () => {
		const other = createServer().listen(0, '127.0.0.1');
		await once(other, 'listening');
		const { port } = other.address() as AddressInfo;
		const { code, text } = await start({ PORT: String(port), DATA_DIR: join(folder, 'other') });
		other.close();
		expect(code).toBe(1);
		expect(text).toMatch(/^Port \d+ is taken: .* set PORT to another one\..*\n$/);
	}, 30_000);

	test('says in one sentence that the data folder cannot be written', async () => {
		const { code, text } = await start({ PORT: '4199', DATA_DIR: '/dev/null/xiezhi' });
		expect(code).toBe(1);
		expect(text).toMatch(/^The data folder \/dev\/null\/xiezhi cannot be written .*\n$/);
	}, 30_000);

	test('says in one sentence that the disk is full', async ({ skip }) => {
		const disk = mkdtempSync(join(tmpdir(), 'xiezhi-disk-'));
		const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=30m', 'tmpfs', disk]);
		skip(status !== 0, 'only root may mount a small disk');
		try {
			const { code, text } = await start({ PORT: '4199', DATA_DIR: join(disk, 'data') });
			expect(code).toBe(1);
			expect(text).toMatch(/^There is no space left for the data folder .*\n$/);
		} finally {
			spawnSync('umount', [disk]);
			rmSync(disk, { recursive: true });
		}
	}, 30_000);

	test('says which variables of a Supabase elsewhere are missing', async () => {
		const { code, text } = await start({ PORT: '4199', SUPABASE_URL: 'https://project.example' });
		expect(code).toBe(1);
		expect(text).toMatch(/SUPABASE_PUBLISHABLE_KEY, SUPABASE_JWT_SECRET, DATABASE_URL\.\n$/);
	}, 30_000);
});

describe('a migration that was applied and', () => {
	const newest = `where version = (select max(version) from supabase_migrations.schema_migrations)`;
	const another =
		/^This data folder was made by another version, whose migration \d{14}_\w+ differs: .* DATA_DIR/;

	test.each([
		['has changed since', `statements = array['select 1']`],
		['is no longer among the files', `version = '20250101000000'`]
	])('%s is said in one sentence', async (_, change) => {
		await withClient(backend.ownerUrl, async (owner) => {
			const history = 'supabase_migrations.schema_migrations';
			const { rows } = await owner.query<{ version: string; statements: string[] }>(
				`select version, statements from ${history} ${newest}`
			);
			await owner.query(`update ${history} set ${change} ${newest}`);
			await expect(migrate(backend.ownerUrl)).rejects.toThrow(another);
			await owner.query(
				`update ${history} set version = $1, statements = $2 where version = $1 or version = '20250101000000'`,
				[rows[0]?.version, rows[0]?.statements]
			);
			await expect(migrate(backend.ownerUrl)).resolves.toEqual({ migrations: [], seeds: [] });
		});
	});

	test('differs in nothing but space is the same', async () => {
		await withClient(backend.ownerUrl, (owner) =>
			owner.query(
				`update supabase_migrations.schema_migrations
				 set statements = array[E'\n' || array_to_string(statements, E';\n\n  ') || ';'] ${newest}`
			)
		);
		await expect(migrate(backend.ownerUrl)).resolves.toEqual({ migrations: [], seeds: [] });
	});

	test('differs keeps the folder from being started, and leaves nothing running on it', async () => {
		await withClient(backend.ownerUrl, (owner) =>
			owner.query(
				`update supabase_migrations.schema_migrations set statements[1] = 'select 1' ${newest}`
			)
		);
		await backend.stop();
		await expect(startBackend({ dataDir: folder })).rejects.toThrow(another);
		expect(existsSync(join(folder, 'lock.json'))).toBe(false);
		expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
	}, 30_000);
});

/** Takes every byte that is left. */
function fill(path: string): void {
	const file = openSync(path, 'w');
	try {
		for (let size = 8 * 1024 * 1024; size > 0; size = size > 1 ? size >> 1 : 0)
			try {
				while (writeSync(file, Buffer.alloc(size, 1)) > 0);
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
			}
	} finally {
		closeSync(file);
	}
}

async function start(env: Record<string, string>): Promise<{ code: number | null; text: string }> {
	const child: ChildProcess = spawn(
		process.execPath,
		[join(import.meta.dirname, '../../supabase/embedded/start.ts')],
		{ env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'ignore', 'pipe'] }
	);
	let text = '';
	child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, text };
}

async function remember({ ownerUrl }: Backend, note: string): Promise<void> {
	await withClient(ownerUrl, async (owner) => {
		await owner.query('create table if not exists private.memory (note text)');
		await owner.query('insert into private.memory values ($1)', [note]);
	});
}

async function memories({ ownerUrl }: Backend): Promise<string[]> {
	return withClient(ownerUrl, async (owner) => {
		const { rows } = await owner.query<{ note: string }>('select note from private.memory');
		return rows.map((row) => row.note);
	});
}

async function answers({ apiUrl, publishableKey }: Backend): Promise<boolean> {
	const answer = await fetch(`${apiUrl}/rest/v1/regions?select=code&limit=1`, {
		headers: { apikey: publishableKey }
	}).catch(() => null);
	return answer?.status === 200;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 20_000;
	while (Date.now() < deadline) {
		if (await holds()) return;
		await pause(100);
	}
	throw new Error('it did not come back');
}
