import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { LARGEST_REQUEST } from '#lib/filing/limits.ts';
import { nodePart, startBackend, type Backend } from './backend.ts';
import { withClient } from './connection.ts';
import { isFull, prepareFolder, StartProblem, writePrivate } from './folder.ts';
import { startPart, type Part } from './part.ts';

const root = join(import.meta.dirname, '..', '..');

/** What the app needs to know of its backend: the variables of a hosted or self-hosted Supabase. */
export type BackendVariables = {
	SUPABASE_URL: string;
	SUPABASE_PUBLISHABLE_KEY: string;
	SUPABASE_JWT_SECRET: string;
	DATABASE_URL: string;
	/** The job queue's; without it nothing is reminded of. */
	JOBS_DATABASE_URL?: string;
};

export type InstanceOptions = {
	dataDir: string;
	host: string;
	port: number;
	/** Demonstration data on first start; otherwise an empty instance and a link that sets it up. */
	demo: boolean;
	/** The app in development mode, from its sources. */
	development?: boolean;
	/** A Supabase elsewhere, instead of the embedded backend. */
	elsewhere?: BackendVariables | null;
	/** Settings of the embedded Postgres beyond ours, for tests. */
	tuning?: Record<string, string>;
	log: (line: string) => void;
	/** Stops the instance, also on its way up. */
	signal?: AbortSignal;
};

export type Instance = {
	appUrl: string;
	/** The embedded backend, or null if the app uses a Supabase elsewhere. */
	backend: Backend | null;
	stop(): Promise<void>;
};

/**
 * Starts the product: backend, data, app. The app must be built already, except in development.
 * @throws StartProblem with one sentence for the person who started it
 */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
	const { host, port, demo, log, signal } = options;
	const dataDir = resolve(options.dataDir);
	const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
	const appUrl =
		process.env.ORIGIN ?? `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
	if (options.elsewhere) {
		prepareFolder(dataDir);
		const parts: Part[] = [];
		const stop = async () => {
			for (const part of parts) await part.stop();
		};
		signal?.addEventListener('abort', () => void stop());
		const events = { log: () => undefined, started: () => undefined };
		await startPart(app(options.elsewhere), events, parts);
		return { appUrl, backend: null, stop };
	}

	let writeAgain = () => {};
	const backend = await startBackend({
		dataDir,
		signal,
		onStart: () => writeAgain(),
		...(options.tuning ? { tuning: options.tuning } : {})
	});
	try {
		for (const name of backend.applied.migrations) log(`${name}`);
		if (demo) await loadDemoOnce(backend, log);
		await backend.add(
			app({
				SUPABASE_URL: backend.apiUrl,
				SUPABASE_PUBLISHABLE_KEY: backend.publishableKey,
				SUPABASE_JWT_SECRET: backend.jwtSecret,
				DATABASE_URL: backend.identityUrl,
				JOBS_DATABASE_URL: backend.jobsUrl
			})
		);
		writeAgain = () => writeConnection(backend, appUrl);
		writeAgain();
		if (!demo) await offerSetup(backend, appUrl, log);
	} catch (error) {
		await backend.stop();
		throw error;
	}
	return {
		appUrl,
		backend,
		async stop() {
			writeAgain = () => {};
			await backend.stop();
			rmSync(join(dataDir, 'connection.json'), { force: true });
		}
	};

	function app(variables: BackendVariables) {
		return nodePart({
			name: 'app',
			dataDir,
			terminal: options.development ?? false,
			arguments: [
				'--import',
				join(import.meta.dirname, 'with-parent.ts'),
				...(options.development
					? [
							join(root, 'node_modules/vite/bin/vite.js'),
							'dev',
							'--strictPort',
							'--host',
							host,
							'--port',
							String(port)
						]
					: [join(root, 'build', 'index.js')])
			],
			env: {
				// Uploads are streamed to disk.
				BODY_SIZE_LIMIT: String(LARGEST_REQUEST),
				SHUTDOWN_TIMEOUT: '5',
				...process.env,
				NODE_ENV: options.development ? 'development' : 'production',
				HOST: host,
				PORT: String(port),
				ORIGIN: appUrl,
				DATA_DIR: dataDir,
				DEMO: demo ? '1' : '0',
				...variables
			},
			probe: `http://${address}:${port}/healthz`,
			accepts: (status) => status === 200
		});
	}
}

/** @throws StartProblem if something else listens there */
export async function requirePort(host: string, port: number): Promise<void> {
	const deadline = Date.now() + 3_000;
	for (;;) {
		const server = createServer();
		try {
			server.listen(port, host);
			await once(server, 'listening');
			server.close();
			return;
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			// The app of a predecessor that was killed may need a moment to notice.
			if (code === 'EADDRINUSE' && Date.now() < deadline) {
				await new Promise((resolve) => setTimeout(resolve, 200));
				continue;
			}
			throw new StartProblem(
				code === 'EADDRINUSE'
					? `Port ${port} is taken: stop the program that uses it, or set PORT to another one. 端口 ${port} 已被占用。`
					: `Cannot listen on ${host}:${port} (${code}): set HOST and PORT to an address of this machine.`
			);
		}
	}
}

/** Loads the demonstration into a backend that has none. */
/** Whether it was loaded: not where it was there. */
export async function loadDemoOnce(
	backend: Backend,
	log: (line: string) => void
): Promise<boolean> {
	const loader = join(root, 'supabase', 'seed', 'demo', 'load.ts');
	const there = await withClient(backend.ownerUrl, (owner) =>
		owner.query('select from public.organisations where is_demo limit 1')
	);
	if (there.rowCount) return false;
	log('正在载入演示数据 · loading the demonstration data (once) …');
	// Read only when it is needed: it holds names and texts of two years.
	const { loadDemo } = (await import(loader)) as typeof import('../seed/demo/load.ts');
	return loadDemo({ ownerUrl: backend.ownerUrl, dataDir: backend.dataDir, log });
}

/** An empty instance has no account: whoever holds this link makes the first one. A new link ends older ones. */
async function offerSetup(
	backend: Backend,
	appUrl: string,
	log: (line: string) => void
): Promise<void> {
	const token = randomBytes(24).toString('base64url');
	const hash = createHash('sha256').update(token).digest('hex');
	const isEmpty = await withClient(backend.ownerUrl, async (owner) => {
		const accounts = await owner.query('select 1 from identity."user" limit 1');
		if (accounts.rowCount) return false;
		await owner.query('begin');
		await owner.query('delete from private.setup_tokens where used_at is null');
		await owner.query('insert into private.setup_tokens (token_hash) values ($1)', [hash]);
		await owner.query('commit');
		return true;
	});
	if (isEmpty)
		log(`首次设置（链接只能用一次） · set up here, once: ${appUrl}/setup?token=${token}`);
}

/** For operators' tools: the CLI, backups. */
function writeConnection(backend: Backend, appUrl: string): void {
	const connection = {
		app_url: appUrl,
		api_url: backend.apiUrl,
		publishable_key: backend.publishableKey,
		database_url: backend.ownerUrl,
		pids: { supervisor: process.pid, ...backend.pids() }
	};
	const path = join(backend.dataDir, 'connection.json');
	try {
		writePrivate(path, JSON.stringify(connection, null, '\t'));
	} catch (error) {
		// Tools then read what was true before; the instance itself needs none of it.
		if (!isFull(error)) throw error;
	}
}
