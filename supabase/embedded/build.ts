import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { StartProblem } from './folder.ts';
import { inTurn } from './turn.ts';

const root = join(import.meta.dirname, '..', '..');
/** Written by the build itself, or read by no build. */
const beside = /^src\/(lib\/paraglide\/|i18n\/project\.inlang\/(?!settings\.json$)|.*\.test\.ts$)/;
const stampFile = join(root, 'build', '.sources');

/** Builds the app if its sources changed since the last build. Of several that start at once, one builds. */
export async function buildIfNeeded(
	log: (line: string) => void,
	signal?: AbortSignal
): Promise<void> {
	const stamp = sourcesStamp();
	if (isBuilt(stamp)) return;
	await inTurn(join(root, '.building'), async () => {
		if (isBuilt(stamp)) return;
		log('正在构建 · building (once for each version) …');
		await run(program('vite'), ['build'], { signal });
		writeFileSync(stampFile, stamp);
	});
}

/**
 * Runs a program to its end, quietly.
 * @throws StartProblem with the end of its output
 */
export async function run(
	program: string,
	args: string[],
	options: { signal?: AbortSignal | undefined; env?: Record<string, string> } = {}
): Promise<string> {
	const child = spawn(program, args, {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, ...options.env },
		...(options.signal ? { signal: options.signal } : {})
	});
	const chunks: Buffer[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => chunks.push(chunk));
	}
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	const output = Buffer.concat(chunks).toString().trim();
	if (code !== 0) throw new StartProblem(`${program} ${args.join(' ')} failed:\n${output}`);
	return output;
}

/** Where the programs of the project's packages are. */
export function program(name: string): string {
	return join(root, 'node_modules', '.bin', name);
}

function isBuilt(stamp: string): boolean {
	return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
}

/** A hash of everything the build reads. */
function sourcesStamp(): string {
	const hash = createHash('sha256');
	const folders = ['src', 'static', 'supabase/migrations'].flatMap((folder) =>
		globSync(`${folder}/**/*`, { cwd: root, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => relative(root, join(entry.parentPath, entry.name)))
			.filter((file) => !beside.test(file))
			.sort()
	);
	for (const file of [...folders, 'svelte.config.js', 'vite.config.ts', 'package-lock.json']) {
		hash.update(`${file}\0`).update(readFileSync(join(root, file)));
	}
	return hash.digest('hex');
}
