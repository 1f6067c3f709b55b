// npm run check: everything that can be said about the project without running it, and what Supabase's
// advisors say about its schema. All steps run, also after one failed.
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import type { Backend } from './backend.ts';
import { program, run } from './build.ts';
import { withClient } from './connection.ts';
import { generatedTypes } from './database-types.ts';
import { generatedValues } from './database-values.ts';
import { StartProblem } from './folder.ts';
import { generate } from './generate.ts';
import { sqlFiles } from './migrate.ts';
import { temporaryBackend } from './test-backend.ts';
import { translationProblems, unusedMessages } from './translations.ts';

const root = join(import.meta.dirname, '..', '..');
const types = join(root, 'src', 'lib', 'server', 'database.types.ts');
const values = join(root, 'src', 'lib', 'kernel', 'database-values.ts');

/** The longest first: two run at a time. */
const steps: [string, () => Promise<unknown>][] = [
	['lint', () => run(program('eslint'), ['.', '--max-warnings=0'])],
	['types', () => run(program('svelte-check'), ['--fail-on-warnings', '--output=human'])],
	['formatting', () => run(program('prettier'), ['--check', '--log-level=warn', '.'])],
	['database', checkDatabase],
	['unused code', () => run(program('knip'), ['--no-progress'])],
	['secrets', () => run(program('secretlint'), ['**/*'])],
	['migrations', () => run(program('squawk'), ['--reporter=gcc', ...sqlFiles('migrations')])],
	['translations', checkTranslations]
];

await generate();

// `npm run check -- lint types` runs only those named.
const chosen = process.argv.slice(2);
let failed = 0;
const wanted = steps.filter(([name]) => chosen.length === 0 || chosen.includes(name));
const left = wanted.values();
await Promise.all([work(), work()]);
console.log(failed > 0 ? `check: ${failed} of ${wanted.length} failed` : 'check: everything holds');
process.exit(failed > 0 ? 1 : 0);

async function work(): Promise<void> {
	for (const [name, check] of left) {
		const begin = performance.now();
		let problem = '';
		try {
			await check();
		} catch (error) {
			failed += 1;
			problem =
				error instanceof StartProblem ? error.message : String((error as Error).stack ?? error);
		}
		const seconds = ((performance.now() - begin) / 1000).toFixed(1);
		console.log(`${problem ? '✗' : '✓'} ${name} (${seconds} s)`);
		if (problem) console.log(problem.replace(/^/gm, '  '));
	}
}

/** Every message in both languages, with the same parameters, and shown somewhere. */
function checkTranslations(): Promise<void> {
	const messages = join(root, 'src', 'i18n', 'messages');
	const domains = new Set(
		['zh-CN', 'en'].flatMap((language) => readdirSync(join(messages, language)))
	);
	const sources = globSync(['src/**/*.{ts,svelte}', 'supabase/**/*.{ts,sql,json}'], {
		cwd: root,
		exclude: ['src/lib/paraglide/**', 'src/i18n/**', '**/*.test.ts']
	}).map((file) => readFileSync(join(root, file), 'utf8'));
	const problems = [...domains].sort().flatMap((domain) => {
		const [chinese, english] = ['zh-CN', 'en'].map((language) =>
			read(join(messages, language, domain))
		);
		return [
			...translationProblems(chinese ?? {}, english ?? {}),
			...unusedMessages(Object.keys(chinese ?? {}), sources).map((key) => `${key} is shown nowhere`)
		].map((problem) => `${domain}: ${problem}`);
	});
	return problems.length > 0
		? Promise.reject(new StartProblem(problems.join('\n')))
		: Promise.resolve();
}

function read(path: string): Record<string, unknown> {
	try {
		return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
		throw new StartProblem(`${path}: ${(error as Error).message}`);
	}
}

/** What the Supabase CLI says of a database as it runs, the job queue in it: history, advice, generated types. */
async function checkDatabase(): Promise<void> {
	const backend = await temporaryBackend();
	try {
		await makeJobQueue(backend);
		const target = `--remote=${backend.ownerUrl}?sslmode=disable`;
		const supabase = (...args: string[]) => run(program('supabase'), [...args, target]);
		const problems: string[] = [];

		const pushed = await supabase('db', 'push', '--dry-run', '--include-seed');
		if (!/up to date/.test(pushed)) problems.push(`db push finds something to do:\n${pushed}`);

		await supabase('db', 'advisors', '--fail-on', 'warn').catch((error: unknown) => {
			problems.push((error as Error).message.replace(target, '--remote=…'));
		});

		if ((await generatedTypes(backend.ownerUrl)) !== readText(types)) {
			problems.push('src/lib/server/database.types.ts is not up to date: run npm run types');
		}
		if ((await generatedValues(backend.ownerUrl)) !== readText(values)) {
			problems.push('src/lib/kernel/database-values.ts is not up to date: run npm run types');
		}
		if (problems.length > 0) throw new StartProblem(problems.join('\n\n'));
	} finally {
		await backend.stop();
	}
}

/** Makes the queue's tables and functions as the running app does: after the migrations, by itself. */
async function makeJobQueue({ jobsUrl, ownerUrl }: Backend): Promise<void> {
	// What it imports is generated first, and collected by Vite.
	const { module } = await runnerImport<typeof import('../../src/lib/server/process/jobs.ts')>(
		'./src/lib/server/process/jobs.ts',
		{ configFile: false }
	);
	const origin = 'https://xiezhi.example';
	await module.startJobs({ databaseUrl: jobsUrl, origin, send: () => Promise.resolve() }).stop();
	await withClient(ownerUrl, async (owner) => {
		const { rows } = await owner.query(`select from jobs.queue where name = 'mail'`);
		if (rows.length === 0) throw new StartProblem('the job queue was not made');
	});
}

function readText(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}
