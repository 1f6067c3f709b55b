import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { startBackend, type Backend } from './backend.ts';
import { sqlFiles } from './migrate.ts';

/** Settings that make tests quick; a crash may lose what was written. */
export const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * A backend of its own for one test file, with every migration and seed. Stopping it removes it. The first
 * one after a change of the SQL takes some seconds; the others start from a copy of it.
 * @param tuning settings of Postgres
 */
export async function temporaryBackend(tuning: Record<string, string> = quick): Promise<Backend> {
	const dataDir = mkdtempSync(join(tmpdir(), 'xiezhi-test-'));
	copyFolder(await template(), dataDir);
	const backend = await startBackend({ dataDir, tuning });
	return {
		...backend,
		async stop() {
			await backend.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

/** A data folder with everything applied, made once for each state of the SQL. */
async function template(): Promise<string> {
	const prefix = `xiezhi-template-${userInfo().username}-`;
	const folder = join(tmpdir(), prefix + hashOfSql());
	if (existsSync(folder)) return folder;
	const older = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
	for (const name of older) rmSync(join(tmpdir(), name), { recursive: true, force: true });

	const fresh = mkdtempSync(join(tmpdir(), 'xiezhi-test-'));
	const backend = await startBackend({ dataDir: fresh, tuning: quick });
	await backend.stop();
	try {
		renameSync(fresh, folder);
	} catch {
		// Another test file was quicker.
		rmSync(fresh, { recursive: true, force: true });
	}
	return folder;
}

function hashOfSql(): string {
	const hash = createHash('sha256');
	const platform = join(import.meta.dirname, 'platform.sql');
	for (const path of [platform, ...sqlFiles('migrations'), ...sqlFiles('seed')]) {
		hash.update(`${path}\0`).update(readFileSync(path));
	}
	return hash.digest('hex').slice(0, 16);
}

/** With owners and modes, which Postgres looks at. */
function copyFolder(from: string, to: string): void {
	const { status, stderr } = spawnSync('cp', ['-a', `${from}/.`, to], { encoding: 'utf8' });
	if (status !== 0) throw new Error(`cp: ${stderr}`);
}
