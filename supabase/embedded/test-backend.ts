import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBackend, type Backend } from './backend.ts';

/** Settings that make tests quick; never for figures that somebody needs again. */
export const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * A backend of its own for one test file, with migrations and seeds: about two seconds. Stopping removes it.
 */
export async function temporaryBackend(): Promise<Backend> {
	const dataDir = await mkdtemp(join(tmpdir(), 'xiezhi-test-'));
	const backend = await startBackend({ dataDir, tuning: quick });
	return {
		...backend,
		async stop() {
			await backend.stop();
			await rm(dataDir, { recursive: true, force: true });
		}
	};
}
