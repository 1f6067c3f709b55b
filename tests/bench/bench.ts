// npm run bench: what the product costs, beside what the machine costs. Goals stand beside the figures; nothing fails
// by them. `npm run bench -- NAME` runs one; `-- --json` writes one JSON document.
import { cpus, loadavg } from 'node:os';
import { generate } from '../../supabase/embedded/generate.ts';
import { fresh } from './fresh.ts';
import { pagesBeside } from './pages.ts';
import { reading } from './reading.ts';
import { table, type Figure } from './report.ts';
import { review } from './review.ts';
import { start } from './start.ts';
import { upload } from './upload.ts';

/** `fresh` downloads every dependency, `pages` builds an earlier commit: only by their names. */
const benches: Record<string, () => Promise<Figure[]>> = {
	upload,
	reading,
	pages: pagesBeside,
	review,
	start,
	fresh
};
const usual = ['upload', 'reading', 'review', 'start'];

const json = process.argv.includes('--json');
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = named.find((name) => !(name in benches));
if (unknown) {
	console.error(`There is no benchmark ${unknown}. There are: ${Object.keys(benches).join(', ')}.`);
	process.exit(1);
}

await generate();
const figures: Figure[] = [];
const load = loadavg();
for (const name of named.length ? named : usual) {
	if (!json) console.error(`${name} …`);
	figures.push(...((await benches[name]?.()) ?? []));
}
const machine = {
	processors: cpus().length,
	model: cpus()[0]?.model ?? '',
	node: process.version,
	// Others at work make every figure worse.
	load_before: load[0],
	load_after: loadavg()[0]
};
console.log(
	json
		? JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, '\t')
		: `${table(figures)}\n\n${machine.processors} × ${machine.model}, load ${machine.load_before?.toFixed(1)} before and ${machine.load_after?.toFixed(1)} after`
);
process.exit(0);
