import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Client } from 'pg';
import { withClient } from '../../supabase/embedded/connection.ts';
import { freePort } from '../../supabase/embedded/postgres.ts';
import { makeFolderOf } from '../../supabase/embedded/released.ts';
import { copyTemplate } from '../../supabase/embedded/test-backend.ts';

/** What `npm start` runs, in a folder of its own, for tests that the shared instance should not suffer from. */
export type OwnInstance = {
	address: string;
	dataDir: string;
	connection(): { database_url: string; pids: Record<string, number> };
	/** On one connection as the owner of every table. */
	asOwner<T>(act: (client: Client) => Promise<T>): Promise<T>;
	/** Gives the exit code. */
	stop(): Promise<number | null>;
};

/**
 * @param fresh in an empty folder, where it makes everything itself; otherwise in a copy of what was made once
 * @param madeBy in a folder that this released version made
 */
export async function startOwn(
	env: Record<string, string>,
	{ fresh = false, madeBy }: { fresh?: boolean; madeBy?: string } = {}
): Promise<OwnInstance> {
	const dataDir = mkdtempSync(join(tmpdir(), 'xiezhi-own-'));
	if (madeBy) await makeFolderOf(madeBy, dataDir);
	else if (!fresh) await copyTemplate(env.DEMO === '0' ? 'registry' : 'demonstration', dataDir);
	const child = spawn(process.execPath, ['supabase/embedded/start.ts'], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { PATH: process.env.PATH, PORT: String(await freePort()), DATA_DIR: dataDir, ...env }
	});
	const connection = () =>
		JSON.parse(readFileSync(join(dataDir, 'connection.json'), 'utf8')) as ReturnType<
			OwnInstance['connection']
		>;
	return {
		address: await addressOf(child),
		dataDir,
		connection,
		asOwner: (act) => withClient(connection().database_url, act),
		async stop() {
			child.kill('SIGTERM');
			const [code] = (await once(child, 'exit')) as [number | null];
			rmSync(dataDir, { recursive: true, force: true });
			return code;
		}
	};
}

/** What stands at the end of the line that begins with `ready `. */
async function addressOf(process: ChildProcess): Promise<string> {
	if (!process.stdout) throw new Error('no output');
	for await (const line of createInterface({ input: process.stdout })) {
		if (line.startsWith('ready ')) return line.slice('ready '.length);
	}
	throw new Error('the app did not start');
}
