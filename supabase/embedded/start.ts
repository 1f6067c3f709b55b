// npm start and npm run dev: the whole product on this machine, until it is told to stop.
import { join } from 'node:path';
import { buildIfNeeded } from './build.ts';
import { noSpace, prepareFolder, StartProblem } from './folder.ts';
import { generate } from './generate.ts';
import { requirePort, startInstance, type BackendVariables } from './instance.ts';

const development = process.argv.includes('--dev');
const dataDir = process.env.DATA_DIR ?? join(import.meta.dirname, '..', '..', '.data');
const demo = (process.env.DEMO ?? '1') !== '0';
const log = (line: string) => console.log(line);

const stop = new AbortController();
const stopped = new Promise<void>((resolve) =>
	stop.signal.addEventListener('abort', () => resolve())
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	process.on(signal, () => stop.abort());
// The process that handed over to this one is gone.
process.on('disconnect', () => stop.abort());

try {
	const port = portOf(process.env.PORT ?? '3000');
	const host = process.env.HOST ?? '127.0.0.1';
	const elsewhere = supabaseElsewhere();
	await requirePort(host, port);
	prepareFolder(dataDir);
	// The build makes what it needs of messages and types itself; Vite's server expects to find it.
	await (development ? generate() : buildIfNeeded(log, stop.signal));
	const instance = await startInstance({
		dataDir,
		host,
		port,
		demo: demo && !elsewhere,
		development,
		elsewhere,
		log,
		signal: stop.signal
	});
	if (demo && !elsewhere)
		log(`演示账号 · demonstration accounts: ${join(dataDir, 'demo-accounts.json')}`);
	log(`打开浏览器访问 · open in a browser: ${instance.appUrl}`);
	log(`ready ${instance.appUrl}`);
	await stopped;
	await instance.stop();
} catch (error) {
	if (!stop.signal.aborted) {
		console.error(explain(error));
		process.exit(1);
	}
}
process.exit(0);

function explain(error: unknown): string {
	if (error instanceof StartProblem) return error.message;
	if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return noSpace(dataDir).message;
	const reason = error instanceof Error ? error.message : String(error);
	return `The start failed: ${reason} (more in ${join(dataDir, 'logs')}). 启动失败。`;
}

function portOf(text: string): number {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new StartProblem(`PORT is ${text}: set it to a number from 1 to 65535.`);
}

/** The variables of a Supabase elsewhere, or null; all of them or none. */
function supabaseElsewhere(): BackendVariables | null {
	const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SUPABASE_JWT_SECRET, DATABASE_URL } = process.env;
	const variables = { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SUPABASE_JWT_SECRET, DATABASE_URL };
	if (!SUPABASE_URL) return null;
	const missing = Object.entries(variables).filter(([, value]) => !value);
	if (missing.length > 0) {
		throw new StartProblem(
			`SUPABASE_URL is set, so these must be set too: ${missing.map(([name]) => name).join(', ')}.`
		);
	}
	return variables as BackendVariables;
}
