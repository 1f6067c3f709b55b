import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { get as request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { buildIfNeeded } from '../../supabase/embedded/build.ts';
import { freePort } from '../../supabase/embedded/postgres.ts';
import { figure, quantile, type Figure } from './report.ts';

const root = join(import.meta.dirname, '..', '..');

/** From the command to the first page, what stays in memory, and what a browser is sent. */
export async function start(): Promise<Figure[]> {
	await buildIfNeeded((line) => console.error(line));
	const dataDir = mkdtempSync(join(tmpdir(), 'xiezhi-bench-'));
	try {
		const first = await startOnce(dataDir);
		await first.stop();
		const again: number[] = [];
		let running = await startOnce(dataDir);
		again.push(running.milliseconds);
		for (let run = 0; run < 2; run++) {
			await running.stop();
			running = await startOnce(dataDir);
			again.push(running.milliseconds);
		}
		await pause(10_000);
		const memory = memoryOf(running.child.pid ?? 0);
		const figures = [
			figure(
				'start',
				'new data folder with demonstration, to the first page',
				first.milliseconds,
				'ms'
			),
			figure(
				'start',
				'existing data folder, to the first page (best of 3)',
				Math.min(...again),
				'ms',
				{
					goal: '≤ 6000 ms'
				}
			),
			figure(
				'start',
				'existing data folder, to the first page (median)',
				quantile(again, 0.5),
				'ms'
			),
			figure('start', 'memory at rest without Postgres', memory.total, 'MB', { goal: '≤ 250 MB' }),
			...Object.entries(memory.parts).map(([name, megabytes]) =>
				figure('start', `memory at rest: ${name}`, megabytes, 'MB')
			)
		];
		const cookie = await signIn(running.url, dataDir);
		for (const [page, headers] of [
			['/sign-in', {}],
			['/', { cookie }]
		] as const)
			figures.push(...(await scriptsOf(running.url, page, headers)));
		await running.stop();
		return figures;
	} finally {
		rmSync(dataDir, { recursive: true, force: true });
	}
}

/** Runs `npm start`, or another program that starts the product, in a folder; the time is until the sign-in page has arrived. */
export async function startOnce(
	dataDir: string,
	folder = root,
	env: NodeJS.ProcessEnv = {},
	[program = '', ...args]: string[] = ['npm', 'start']
) {
	const port = await freePort();
	const begin = performance.now();
	const child = spawn(program, args, {
		cwd: folder,
		stdio: ['ignore', 'pipe', 'inherit'],
		env: {
			...process.env,
			DATA_DIR: dataDir,
			PORT: String(port),
			HOST: '127.0.0.1',
			DEMO: '1',
			...env
		}
	});
	const ready = new Promise<string>((resolve, reject) => {
		createInterface({ input: child.stdout }).on('line', (line) => {
			const url = /^ready (.*)$/.exec(line)?.[1];
			if (url) resolve(url);
		});
		child.once('exit', (code) =>
			reject(new Error(`${program} ${args.join(' ')} ended with ${code}`))
		);
	});
	const url = await ready;
	await (await fetch(`${url}/sign-in`)).text();
	const milliseconds = performance.now() - begin;
	return { url, child, milliseconds, stop: () => stopped(child) };
}

async function stopped(child: ChildProcess) {
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	await gone;
}

/** Megabytes of a process and all below it, shared pages divided among those who share them; Postgres left out. */
function memoryOf(pid: number): { total: number; parts: Record<string, number> } {
	const parents = new Map<number, number[]>();
	for (const name of readdirSync('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		const stat = read(`/proc/${name}/stat`);
		const parent = Number(stat.replace(/^.*\) /, '').split(' ')[1]);
		parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
	}
	const parts: Record<string, number> = {};
	const visit = (one: number) => {
		const command = read(`/proc/${one}/cmdline`).split('\0').filter(Boolean);
		if (command[0]?.endsWith('postgres')) return;
		const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${one}/smaps_rollup`))?.[1] ?? 0);
		const name = command
			.findLast((word) => /\.(ts|mjs|js)$/.test(word))
			?.split('/')
			.slice(-2)
			.join('/');
		const key = name ?? command.slice(0, 2).join(' ');
		parts[key] = (parts[key] ?? 0) + kilobytes / 1024;
		for (const child of parents.get(one) ?? []) visit(child);
	};
	visit(pid);
	return { total: Object.values(parts).reduce((sum, part) => sum + part, 0), parts };
}

function read(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}

/** The cookies of somebody of the demonstration, by the first part of their address; the first one by default. */
export async function signIn(url: string, dataDir: string, login = ''): Promise<string> {
	const accounts = JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8')) as {
		email: string;
		password: string;
	}[];
	const known = accounts.find((account) => account.email.startsWith(login));
	const { email = '', password = '' } = known ?? {};
	const response = await fetch(`${url}/sign-in`, {
		method: 'POST',
		headers: { origin: url, accept: 'text/html' },
		body: new URLSearchParams({ email, password }),
		redirect: 'manual'
	});
	if (response.status !== 303) throw new Error(`signing in answered ${response.status}`);
	return response.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}

/** Every script that a page loads at once: those it names, and what they import. */
async function scriptsOf(
	url: string,
	page: string,
	headers: Record<string, string>
): Promise<Figure[]> {
	const answer = await fetch(url + page, { headers, redirect: 'manual' });
	if (answer.status !== 200) throw new Error(`${page} answered ${answer.status}`);
	// Scripts are named in the page or sent ahead of it in a header.
	const html =
		(await answer.text()) + (answer.headers.get('link') ?? '').replace(/<([^>]+)>/g, 'href="$1"');
	const wanted = [...html.matchAll(/(?:href|src|import\()\s*=?\s*["']([^"']+\.js)["']/g)].map(
		([, path]) => new URL(path ?? '', url + page).href
	);
	const seen = new Map<string, Buffer>();
	for (let next = wanted.pop(); next; next = wanted.pop()) {
		if (seen.has(next)) continue;
		const text = await (await fetch(next)).text();
		seen.set(next, Buffer.from(text));
		for (const [, path] of text.matchAll(/(?:from|import)\s*["'](\.[^"']+\.js)["']/g))
			wanted.push(new URL(path ?? '', next).href);
	}
	let raw = 0;
	let sent = 0;
	let gzip = 0;
	let brotli = 0;
	for (const [address, script] of seen) {
		raw += script.length;
		sent += await sentBytes(address);
		gzip += gzipSync(script).length;
		brotli += brotliCompressSync(script).length;
	}
	const kilobytes = (name: string, bytes: number) =>
		figure('start', `JavaScript of ${page}, ${name}`, bytes / 1024, 'KB');
	return [
		kilobytes(`${seen.size} files, raw`, raw),
		kilobytes('gzip', gzip),
		kilobytes('brotli', brotli),
		kilobytes('as sent to a browser', sent)
	];
}

/** As a browser asks; nothing is unpacked. */
function sentBytes(address: string): Promise<number> {
	return new Promise((resolve, reject) => {
		request(address, { headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } }, (response) => {
			let bytes = 0;
			response.on('data', (chunk: Buffer) => (bytes += chunk.length));
			response.on('end', () => resolve(bytes));
		}).on('error', reject);
	});
}
