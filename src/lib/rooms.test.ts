import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';

// How the rooms of the house stand to each other: rules below, doors above, nobody goes in circles, and no room or
// file is so full that its reader loses the way.

const src = join(import.meta.dirname, '..');
const MOST_LINES = 400;
const MOST_FILES = 45;

/** Longer than that for a reason. */
const LONG: Record<string, string> = {
	'app.css': 'the tokens and what every page shares, in the order in which they apply',
	'lib/charts/ChartCanvas.svelte': 'the one file that knows the drawing library',
	'lib/filing/MappingForm.svelte': 'one step of filing, a quarter of it styles',
	'lib/server/database.types.ts': 'generated',
	'lib/server/sheets/hostile.test.ts': 'a table of hostile files',
	'lib/server/sheets/xlsx.ts': 'one format in one pass',
	'lib/list/DataTable.svelte': 'two thirds are the styles of one table'
};

const files = readdirSync(src, { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile() && /\.(ts|svelte|css)$/.test(entry.name))
	.map((entry) => relative(src, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
	.filter((file) => !/^(i18n|lib\/paraglide)\//.test(file));

const texts = new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]));

/** What `import.meta.glob` of a name in the rooms of the domains finds. */
const collectedBy = (text: string, file: string) =>
	[...text.matchAll(/import\.meta\.glob[^']*'\.\.\/\*\/([\w-]+\.ts)'/g)].flatMap(([, name]) =>
		files.filter(
			(one) =>
				/^lib\/(?!server\/)[^/]+\/[^/]+$/.test(one) && one.endsWith(`/${name}`) && one !== file
		)
	);

/** The files of ours that each file imports, for their types too. */
const imports = new Map(
	[...texts].map(([file, text]) => [
		file,
		[
			...[...text.matchAll(/(?:from|import|import\()\s*'((?:#lib\/|\.{1,2}\/)[^']+)'/g)].map(
				([, named = '']) =>
					named.startsWith('#') ? named.slice(1) : normalize(join(dirname(file), named))
			),
			...(file.endsWith('.test.ts') ? [] : collectedBy(text, file))
		].filter((named) => texts.has(named))
	])
);

test('no file needs itself, however many stand between', () => {
	const circles: string[] = [];
	const done = new Set<string>();
	const visit = (file: string, way: string[]) => {
		if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
		if (way.includes(file) || done.has(file)) return;
		for (const next of imports.get(file) ?? []) visit(next, [...way, file]);
		done.add(file);
	};
	for (const file of files) visit(file, []);
	expect(circles).toEqual([]);
});

test('the rules and components of a domain know no door: types are below, doors above', () => {
	const domains = [...imports].filter(
		([file]) => /^lib\/(?!server\/)/.test(file) && !file.endsWith('.test.ts')
	);
	expect(domains.length).toBeGreaterThan(100);
	const upward = domains.flatMap(([file, needed]) =>
		needed.filter((one) => one.startsWith('lib/server/')).map((one) => `${file} → ${one}`)
	);
	expect(upward).toEqual([]);
});

test('no file is longer than its reader’s patience', () => {
	const long = [...texts].filter(([, text]) => text.split('\n').length - 1 > MOST_LINES);
	expect(long.map(([file]) => file).sort()).toEqual(Object.keys(LONG).sort());
});

test('no room is crowded', () => {
	const rooms = new Map<string, number>();
	for (const file of files) rooms.set(dirname(file), (rooms.get(dirname(file)) ?? 0) + 1);
	const crowded = [...rooms].filter(([, count]) => count > MOST_FILES);
	expect(crowded).toEqual([]);
});
