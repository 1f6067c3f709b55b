import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { today } from '#lib/kernel/day.ts';
import { startBackend, type Backend } from './backend.ts';
import { loadDemoOnce } from './instance.ts';
import { sqlFiles } from './migrate.ts';
import { inTurn } from './turn.ts';

/** Settings that make tests quick; a crash may lose what was written. */
export const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Besides, for a folder that is copied: no log of hundreds of megabytes. */
const small = {
	wal_level: 'minimal',
	max_wal_senders: '0',
	max_wal_size: '64MB',
	min_wal_size: '32MB'
};

/** What a data folder holds from the start: every migration and seed, and the demonstration besides. */
type Contents = 'registry' | 'demonstration';

/** A backend of its own for one test file, from a copy of a template. Stopping it removes it. */
export async function temporaryBackend(
	contents: Contents = 'registry',
	name = 'test'
): Promise<Backend> {
	const dataDir = mkdtempSync(join(tmpdir(), `xiezhi-${name}-`));
	await copyTemplate(contents, dataDir);
	const backend = await startBackend({ dataDir, tuning: quick });
	return {
		...backend,
		async stop() {
			await backend.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

/**
 * Fills a data folder that nothing runs on. The first one after a change of the SQL, or of the demonstration and on a
 * new day, waits until its template is made; the others are copies.
 */
export async function copyTemplate(contents: Contents, dataDir: string): Promise<void> {
	const folder = await template(contents);
	// With owners and modes, which Postgres looks at.
	const { status, stderr } = spawnSync('cp', ['-a', `${folder}/.`, dataDir], { encoding: 'utf8' });
	if (status !== 0) throw new Error(`cp: ${stderr}`);
}

async function template(contents: Contents): Promise<string> {
	const prefix = `xiezhi-${contents}-${userInfo().username}-`;
	const folder = join(tmpdir(), prefix + stampOf(contents));
	if (existsSync(folder)) return folder;
	return inTurn(join(tmpdir(), `.xiezhi-${contents}`), async () => {
		if (existsSync(folder)) return folder;
		const older = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
		for (const name of older) rmSync(join(tmpdir(), name), { recursive: true, force: true });

		const fresh = mkdtempSync(join(tmpdir(), 'xiezhi-test-'));
		if (contents === 'demonstration') await copyTemplate('registry', fresh);
		const backend = await startBackend({ dataDir: fresh, tuning: { ...quick, ...small } });
		try {
			if (contents === 'demonstration' && !(await loadDemoOnce(backend, console.log)))
				throw new Error('The demonstration was there before it was loaded.');
		} finally {
			await backend.stop();
		}
		// What is logged of a copy is its own.
		rmSync(join(fresh, 'logs'), { recursive: true });
		renameSync(fresh, folder);
		return folder;
	});
}

/** The state of everything that a template is made from; the demonstration is told from its day. */
function stampOf(contents: Contents): string {
	const sources = [
		join(import.meta.dirname, 'platform.sql'),
		...sqlFiles('migrations'),
		...sqlFiles('seed')
	];
	const hash = createHash('sha256');
	if (contents === 'demonstration') {
		sources.push(...withImports(join(import.meta.dirname, '..', 'seed', 'demo', 'load.ts')));
		hash.update(today());
	}
	for (const path of sources) hash.update(`${path}\0`).update(readFileSync(path));
	return hash.digest('hex').slice(0, 16);
}

/** A source and every one of ours that it imports, by whatever way. */
function withImports(path: string, found = new Set<string>()): Set<string> {
	if (found.has(path)) return found;
	found.add(path);
	const lib = join(import.meta.dirname, '..', '..', 'src', 'lib');
	for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(/from '((?:\.|#lib\/)[^']+)'/g))
		withImports(
			name.startsWith('#lib/') ? name.replace('#lib', lib) : join(dirname(path), name),
			found
		);
	return found;
}
