import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figure, type Figure } from './report.ts';
import { startOnce } from './start.ts';

const root = join(import.meta.dirname, '..', '..');

/** A fresh clone with nothing installed: what `npm start` takes the first time, downloads and build included. */
export async function fresh(): Promise<Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'xiezhi-bench-fresh-'));
	try {
		const clone = join(folder, 'clone');
		const home = join(folder, 'home');
		mkdirSync(home);
		const { status } = spawnSync('git', ['clone', '--quiet', root, clone], { stdio: 'inherit' });
		if (status !== 0) throw new Error('git clone failed');
		const started = await startOnce(join(folder, 'data'), clone, {
			HOME: home,
			npm_config_cache: join(folder, 'npm'),
			// As in a shell of its own, not inside this command.
			PATH: (process.env.PATH ?? '').replaceAll(`${join(root, 'node_modules', '.bin')}:`, ''),
			NODE_COMPILE_CACHE: '',
			npm_execpath: ''
		});
		await started.stop();
		return [
			figure('fresh', 'a fresh clone, to the first page', started.milliseconds / 1000, 's', {
				goal: '≤ 180 s'
			})
		];
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
