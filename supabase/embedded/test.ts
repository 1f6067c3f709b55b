// npm test: every test, on a fresh clone too. `npm test -- unit database journeys` runs only those named.
// npm run test:long: those that count what is left to chance, in full.
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { getBrowser } from './browser.ts';
import { buildIfNeeded } from './build.ts';
import { generate } from './generate.ts';
import { freePort } from './postgres.ts';

type Tally = { passed: number; failed: number; skipped: number };

const root = join(import.meta.dirname, '..', '..');
const reports = mkdtempSync(join(tmpdir(), 'xiezhi-reports-'));
const kinds = ['unit', 'database', 'journeys'] as const;
const named = process.argv.slice(2);
const long = named[0] === 'long' && named.shift() !== undefined;
const chosen = kinds.filter((kind) => named.length === 0 || named.includes(kind));
const log = (line: string) => console.log(line);

const tallies: Tally[] = [];
/** How long each file took, in milliseconds. */
const times = new Map<string, number>();
/** What failed, so that the last lines say it. */
const failures: string[] = [];
try {
	await generate();
	const projects = chosen.filter((kind) => kind !== 'journeys');
	if (projects.length > 0) tallies.push(await vitest(projects));
	if (chosen.includes('journeys')) tallies.push(await journeys());
} catch (error) {
	console.error(error);
	tallies.push({ passed: 0, failed: 1, skipped: 0 });
} finally {
	rmSync(reports, { recursive: true, force: true });
}

const sum = (part: keyof Tally) => tallies.reduce((total, tally) => total + tally[part], 0);
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
if (passed + failed === 0) console.error('No test was run.');
tellLongest();
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`tests: ${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

/** Rules and SQL. */
async function vitest(projects: string[]): Promise<Tally> {
	const report = join(reports, 'vitest.json');
	const code = await run('vitest', [
		'run',
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${report}`,
		...projects.flatMap((project) => ['--project', project]),
		...files('**/*.test.ts')
	]);
	const result = read<{
		numPassedTests: number;
		numFailedTests: number;
		numPendingTests: number;
		numTodoTests: number;
		testResults: {
			name: string;
			startTime: number;
			endTime: number;
			status: string;
			assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
		}[];
	}>(report);
	for (const { name, startTime, endTime, status, assertionResults } of result?.testResults ?? []) {
		const file = relative(root, name);
		times.set(file, endTime - startTime);
		const failed = assertionResults.filter((test) => test.status === 'failed');
		for (const { fullName, failureMessages } of failed)
			failures.push(`${file} › ${fullName}\n${failureMessages.join('\n')}`);
		if (status === 'failed' && failed.length === 0) failures.push(`${file} does not run`);
	}
	return tally(code, {
		passed: result?.numPassedTests ?? 0,
		failed: result?.numFailedTests ?? 0,
		skipped: (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0)
	});
}

/** Whole stories in a browser, on the production build. */
async function journeys(): Promise<Tally> {
	await buildIfNeeded(log);
	const browser = getBrowser(log);
	if (!browser)
		throw new Error('There is no browser to test with: install chromium and run npm test again.');
	const report = join(reports, 'playwright.json');
	const code = await run('playwright', ['test', '--reporter=list,json', ...files('**/*.spec.ts')], {
		PLAYWRIGHT_JSON_OUTPUT_NAME: report,
		JOURNEYS_BROWSER: browser,
		JOURNEYS_PORT: String(await freePort())
	});
	const result = read<{ stats: Stats; suites: Suite[] }>(report);
	for (const suite of result?.suites ?? [])
		times.set(join('tests', 'journeys', suite.file), timeOf(suite));
	failures.push(...(result?.suites ?? []).flatMap(failuresOf));
	const stats = result?.stats ?? { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
	return tally(code, {
		passed: stats.expected + stats.flaky,
		failed: stats.unexpected,
		skipped: stats.skipped
	});
}

/** Of a report of Playwright. */
type Stats = { expected: number; unexpected: number; flaky: number; skipped: number };
type Suite = {
	file: string;
	suites?: Suite[];
	specs: {
		title: string;
		ok: boolean;
		tests: { results: { duration: number; errors?: { message?: string }[] }[] }[];
	}[];
};

function timeOf({ suites = [], specs }: Suite): number {
	const results = specs.flatMap(({ tests }) => tests.flatMap((test) => test.results));
	return [...suites.map(timeOf), ...results.map(({ duration }) => duration)].reduce(
		(sum, time) => sum + time,
		0
	);
}

function failuresOf({ file, suites = [], specs }: Suite): string[] {
	const failed = specs.filter(({ ok }) => !ok);
	return [
		...suites.flatMap(failuresOf),
		...failed.map(({ title, tests }) => {
			const results = tests.flatMap((test) => test.results);
			const errors = results.flatMap((result) => result.errors ?? []);
			return [`${file} › ${title}`, ...errors.map(({ message = '' }) => message)].join('\n');
		})
	];
}

/** Where the time went; two files run at a time. */
function tellLongest() {
	const longest = [...times].toSorted(([, one], [, other]) => other - one).slice(0, 15);
	for (const [file, time] of longest)
		console.log(`${(time / 1000).toFixed(1).padStart(7)} s  ${file}`);
}

/** None is all of them: in the long run only those that count. */
function files(pattern: string): string[] {
	if (!long) return [];
	return globSync([`src/${pattern}`, `tests/${pattern}`], { cwd: root }).filter((file) =>
		readFileSync(join(root, file), 'utf8').includes('/counts.ts')
	);
}

/** A runner that failed without a failed test (a file that does not load) counts as one. */
function tally(code: number | null, counted: Tally): Tally {
	return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

function read<T>(path: string): T | null {
	try {
		return JSON.parse(readFileSync(path, 'utf8')) as T;
	} catch {
		return null;
	}
}

function run(
	program: string,
	args: string[],
	env: Record<string, string> = {}
): Promise<number | null> {
	const child = spawn(join(root, 'node_modules', '.bin', program), args, {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, ...(long ? { LONG: '1' } : {}), ...env }
	});
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', resolve);
	});
}
