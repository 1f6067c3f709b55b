import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './build.ts';

const root = join(import.meta.dirname, '..', '..');

/** Runs the package script `generate`: SvelteKit's types, and a function for every message. */
export async function generate(): Promise<void> {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		scripts: { generate: string };
	};
	const bin = join(root, 'node_modules', '.bin');
	await run('/bin/sh', ['-c', manifest.scripts.generate], {
		env: { PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` }
	});
}
