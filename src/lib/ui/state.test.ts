import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { State } from './state.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const sources = globSync('{lib,routes}/**/*.{ts,svelte}', { cwd: root }).filter(
	(path) => !path.startsWith(join('lib', 'paraglide'))
);
const isTable = (path: string) => /\/states\.ts$/.test(path);

/** Every table of states, by its file and name. */
const tables = Object.entries(
	import.meta.glob<Record<string, unknown>>('../*/states.ts', { eager: true })
).flatMap(([file, module]) =>
	Object.entries(module).flatMap(([name, table]) =>
		typeof table === 'object' && !Array.isArray(table) && name !== 'columns'
			? [{ of: `${file} ${name}`, states: Object.entries(table as Record<string, State>) }]
			: []
	)
);

/** The messages that word a state. */
const words = sources
	.filter(isTable)
	.flatMap((path) => [...read(path).matchAll(/word: m\.(\w+)/g)].map((match) => match[1]!));

test('the word of a state is taken from its table, wherever it is shown', () => {
	expect(words.length).toBeGreaterThan(30);
	for (const path of sources.filter((path) => !isTable(path) && !path.endsWith('.test.ts'))) {
		const named = new Set([...read(path).matchAll(/\bm\.(\w+)/g)].map((match) => match[1]!));
		expect(
			words.filter((word) => named.has(word)),
			path
		).toEqual([]);
	}
});

test('no message words a state a second time', () => {
	const files = globSync('i18n/messages/zh-CN/*.json', { cwd: root });
	const keys = files.flatMap((file) => Object.keys(JSON.parse(read(file)) as object));
	expect(keys.filter((key) => /_(state|status)_/.test(key) && !words.includes(key))).toEqual([]);
});

test('within a table each state has a word of its own, in both languages', () => {
	expect(tables.length).toBeGreaterThan(6);
	for (const { of, states } of tables) {
		const said = states.map(([, { word }]) => word());
		expect(new Set(said).size, of).toBe(said.length);
	}
});
