// npm test: every test, on a fresh clone too. `npm test -- unit database journeys` runs only those named.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getBrowser } from './browser.ts';
import { buildIfNeeded } from './build.ts';
import { generate } from './generate.ts';
import { freePort } from './postgres.ts';

type Tally = { passed: number; failed: number; skipped: number };

const root = join(import.meta.dirname, '..', '..');
const reports = mkdtempSync(join(tmpdir(), 'xiezhi-reports-'));
const kinds = ['unit', 'database', 'journeys'] as const;
const chosen = kinds.filter((kind) => process.argv.length < 3 || process.argv.includes(kind));
const log = (line: string) => console.log(line);

const tallies: Tally[] = [];
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
		...projects.flatMap((project) => ['--project', project])
	]);
	const result = read<{
		numPassedTests: number;
		numFailedTests: number;
		numPendingTests: number;
		numTodoTests: number;
	}>(report);
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
	const code = await run('playwright', ['test', '--reporter=list,json'], {
		PLAYWRIGHT_JSON_OUTPUT_NAME: report,
		JOURNEYS_BROWSER: browser,
		JOURNEYS_PORT: String(await freePort())
	});
	const { stats } = read<{
		stats: { expected: number; unexpected: number; flaky: number; skipped: number };
	}>(report) ?? { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } };
	return tally(code, {
		passed: stats.expected + stats.flaky,
		failed: stats.unexpected,
		skipped: stats.skipped
	});
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
		env: { ...process.env, ...env }
	});
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', resolve);
	});
}
