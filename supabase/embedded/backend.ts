import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withClient } from './connection.ts';
import {
	boundLogs,
	isAlive,
	lockFolder,
	prepareFolder,
	StartProblem,
	type ProcessMark
} from './folder.ts';
import { migrate, type Applied } from './migrate.ts';
import { startPart, type Part, type PartDefinition, type PartEvents } from './part.ts';
import { freePort, prepareCluster } from './postgres.ts';
import { readSecrets } from './secrets.ts';

/** Postgres and the Supabase API on this machine, running. */
export type Backend = {
	dataDir: string;
	apiUrl: string;
	publishableKey: string;
	/** HS256 key of the tokens of people. */
	jwtSecret: string;
	/** The login `postgres`: owner of everything, for migrations, the CLI and backups. */
	ownerUrl: string;
	/** The login `xiezhi_identity`: Better Auth's, schema `identity` only. */
	identityUrl: string;
	/** The login `xiezhi_jobs`: the job queue's, schema `jobs` only. */
	jobsUrl: string;
	/** The login `xiezhi_api`: what the API connects as. */
	databaseApiUrl: string;
	applied: Applied;
	/** Runs one more process as part of this instance: restarted when it dies, stopped with the rest. */
	add(part: PartDefinition): Promise<Part>;
	/** Process numbers by part. */
	pids(): Record<string, number>;
	stop(): Promise<void>;
};

export type BackendOptions = {
	dataDir: string;
	/** Stops the backend, also on its way up. */
	signal?: AbortSignal | undefined;
	/** Called whenever a process of the instance starts, also in the place of one that died. */
	onStart?: () => void;
	/** Settings of Postgres beyond ours, for tests and benchmarks: `{ fsync: 'off' }`. */
	tuning?: Record<string, string>;
	/** The last migration to apply, without seeds: tests make the folder of an older version. */
	through?: string;
};

/**
 * Starts the backend of a data folder, making it on first use, with migrations and seeds applied.
 * @throws StartProblem with one sentence for the person who started it
 */
export async function startBackend(options: BackendOptions): Promise<Backend> {
	const dataDir = resolve(options.dataDir);
	options.signal?.throwIfAborted();
	prepareFolder(dataDir);
	const lock = lockFolder(dataDir);
	const parts: Part[] = [];
	const events: PartEvents = {
		log(event, fields) {
			const line = JSON.stringify({
				at: new Date().toISOString(),
				level: 'info',
				event,
				...fields
			});
			try {
				appendFileSync(join(dataDir, 'logs', 'instance.log'), `${line}\n`, { mode: 0o600 });
			} catch {
				// A full disk must not end what still runs.
			}
		},
		started(name, pid) {
			lock.note(name, pid);
			options.onStart?.();
		}
	};
	const add = (definition: PartDefinition) => startPart(definition, events, parts);
	let stopping: Promise<void> | undefined;
	const tidying = setInterval(() => {
		try {
			boundLogs(dataDir);
		} catch (error) {
			events.log('logs_not_bounded', { code: (error as NodeJS.ErrnoException).code ?? null });
		}
	}, 60_000).unref();
	const stop = () =>
		(stopping ??= stopParts(parts).finally(() => {
			clearInterval(tidying);
			lock.release();
		}));
	options.signal?.addEventListener('abort', () => void stop());

	try {
		await endLeftovers(lock.leftovers);
		const secrets = readSecrets(dataDir);
		const cluster = await prepareCluster(dataDir, secrets.superuserPassword, options.tuning);
		await add(cluster.part);

		const superuserUrl = cluster.url('supabase_admin', secrets.superuserPassword);
		const ownerUrl = cluster.url('postgres', secrets.ownerPassword);
		const databaseApiUrl = cluster.url('xiezhi_api', secrets.apiPassword);
		await runPlatform(superuserUrl, {
			postgres: secrets.ownerPassword,
			xiezhi_api: secrets.apiPassword
		});
		const applied = await migrate(ownerUrl, options.through);
		await withClient(ownerUrl, async (owner) => {
			await owner.query(grantsOfLogins);
			await setPasswords(owner, {
				xiezhi_identity: secrets.identityPassword,
				xiezhi_jobs: secrets.jobsPassword
			});
		});

		const apiPort = await freePort();
		const apiUrl = `http://127.0.0.1:${apiPort}`;
		const { publishableKey, jwtSecret } = secrets;
		await add(
			nodePart({
				name: 'api',
				dataDir,
				arguments: [
					'--import',
					join(import.meta.dirname, 'mended-postgres.ts'),
					join(import.meta.dirname, 'api.ts')
				],
				env: {
					PORT: String(apiPort),
					API_DATABASE_URL: databaseApiUrl,
					SUPABASE_PUBLISHABLE_KEY: publishableKey,
					SUPABASE_JWT_SECRET: jwtSecret,
					DO_NOT_TRACK: '1',
					LITE_TELEMETRY: '0'
				},
				// Any answer will do: 401 without a key.
				probe: `${apiUrl}/rest/v1/`
			})
		);

		return {
			dataDir,
			apiUrl,
			publishableKey,
			jwtSecret,
			ownerUrl,
			identityUrl: cluster.url('xiezhi_identity', secrets.identityPassword),
			jobsUrl: cluster.url('xiezhi_jobs', secrets.jobsPassword),
			databaseApiUrl,
			applied,
			add,
			pids: () => Object.fromEntries(parts.map((part) => [part.name, part.pid() ?? 0])),
			stop
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Stops parts in the opposite order of their start. */
async function stopParts(parts: Part[]): Promise<void> {
	for (const part of parts.toReversed()) await part.stop();
}

/** A Node process of an instance: it ends when we do, and its output goes to `logs/<name>.log`. */
export function nodePart(options: {
	name: string;
	dataDir: string;
	arguments: string[];
	env: Record<string, string | undefined>;
	/** Answers over HTTP as soon as the part is ready. */
	probe: string;
	accepts?: (status: number) => boolean;
	/** Writes to the terminal instead of its log. */
	terminal?: boolean;
}): PartDefinition {
	const { name, dataDir, probe, accepts = () => true } = options;
	const path = join(dataDir, 'logs', `${name}.log`);
	return {
		name,
		stopSignal: 'SIGTERM',
		spawn() {
			const log = options.terminal ? 1 : openSync(path, 'a', 0o600);
			const child = spawn(
				process.execPath,
				['--disable-warning=ExperimentalWarning', ...options.arguments],
				{
					// Not in our process group: Ctrl-C reaches us alone, and we stop the parts in order.
					detached: true,
					stdio: ['ignore', log, log, 'ipc'],
					env: {
						PATH: process.env.PATH,
						HOME: process.env.HOME,
						TZ: process.env.TZ,
						NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
						...options.env
					}
				}
			);
			if (log !== 1) closeSync(log);
			return child;
		},
		async isReady() {
			const status = await ask(5_000);
			return status !== null && accepts(status);
		},
		// Somebody who develops may hold it at a breakpoint.
		...(options.terminal ? {} : { answers: async () => (await ask(10_000)) !== null }),
		explain: (code) =>
			new StartProblem(
				`The part ${name} ${code === null ? 'did not become ready' : 'ended'}: see ${path}. ${lastLine(path)}`
			)
	};

	/** The status of its answer; null where none comes in time. */
	async function ask(patience: number): Promise<number | null> {
		try {
			const answer = await fetch(probe, { signal: AbortSignal.timeout(patience) });
			await answer.body?.cancel();
			return answer.status;
		} catch {
			return null;
		}
	}
}

/** Ends what a killed predecessor left running on this data folder. */
async function endLeftovers(leftovers: Record<string, ProcessMark>): Promise<void> {
	for (const [name, left] of Object.entries(leftovers)) {
		const deadline = Date.now() + 15_000;
		while (isAlive(left) && Date.now() < deadline) {
			// SIGINT: Postgres rolls back what is open and writes the rest. The others keep nothing of their own.
			process.kill(left.pid, name === 'postgres' ? 'SIGINT' : 'SIGKILL');
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}

async function runPlatform(superuserUrl: string, passwords: Record<string, string>): Promise<void> {
	const platform = readFileSync(join(import.meta.dirname, 'platform.sql'), 'utf8');
	await withClient(superuserUrl, async (superuser) => {
		await superuser.query(platform);
		await setPasswords(superuser, passwords);
	});
}

async function setPasswords(
	client: { query(text: string, values?: unknown[]): Promise<{ rows: { line: string }[] }> },
	passwords: Record<string, string>
): Promise<void> {
	for (const [login, password] of Object.entries(passwords)) {
		const { rows } = await client.query(
			`select format('alter role %I login password %L', $1::text, $2::text) as line
			 from pg_catalog.pg_roles where rolname = $1`,
			[login, password]
		);
		if (rows[0]) await client.query(rows[0].line);
	}
}

/**
 * The API's login has to see which tables there are; it reads none of them as itself: REFERENCES lists a table
 * in the information schema and opens no row.
 */
const grantsOfLogins = `
	grant usage on schema public to xiezhi_api;
	grant references on all tables in schema public to xiezhi_api;
	do $$
	begin
		if exists (select from pg_catalog.pg_roles where rolname = 'xiezhi_identity') then
			grant connect on database postgres to xiezhi_identity;
		end if;
		if exists (select from pg_catalog.pg_roles where rolname = 'xiezhi_jobs') then
			grant connect on database postgres to xiezhi_jobs;
		end if;
	end $$;
`;

function lastLine(path: string): string {
	try {
		return readFileSync(path, 'utf8').trim().split('\n').pop()?.slice(0, 300) ?? '';
	} catch {
		return '';
	}
}
