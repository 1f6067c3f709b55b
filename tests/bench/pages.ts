import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfNeeded } from '../../supabase/embedded/build.ts';
import { timed, type Timing } from './clients.ts';
import { figure, quantile, type Figure } from './report.ts';
import { signIn, startOnce } from './start.ts';

const root = join(import.meta.dirname, '..', '..');
/** What pages cost before what they read came in one call, and was kept. */
const baseline = '0d857ec';
const clients = 16;
const rounds = 3;

const pages: [name: string, path: string, login: string][] = [
	['home', '/', 'secretariat'],
	['indicators', '/indicators', 'secretariat'],
	['an indicator', '/indicators/CT1', 'secretariat'],
	['submissions', '/submissions', 'secretariat'],
	['reviews', '/reviews', 'reviewer.city'],
	['meetings', '/meetings', 'secretariat']
];

/** Whole pages as a browser is sent them, beside the same pages of an earlier commit that is built and run next to it. */
export async function pagesBeside(): Promise<Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'xiezhi-bench-'));
	const running: Running[] = [];
	try {
		const then = checkOut(join(folder, 'then'));
		await buildIfNeeded((line) => console.error(line));
		for (const [name, code] of [
			['ours', root],
			['theirs', then]
		] as const) {
			const dataDir = join(folder, `data-${name}`);
			const instance = await startOnce(dataDir, code, {}, [process.execPath, ...start]);
			running.push({ ...instance, dataDir });
		}
		const [ours, theirs] = running;
		if (!ours || !theirs) throw new Error('there are not two instances to compare');
		const figures: Figure[] = [];
		for (const page of pages) figures.push(...(await compared(page, ours, theirs)));
		return figures;
	} finally {
		for (const one of running) await one.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

type Running = Awaited<ReturnType<typeof startOnce>> & { dataDir: string };

const start = ['--disable-warning=ExperimentalWarning', 'supabase/embedded/start.ts'];

/** The sources of the earlier commit, with the packages of today: only our own code differs. */
function checkOut(folder: string): string {
	const git = (...args: string[]) =>
		spawnSync('git', args, { cwd: root, maxBuffer: 1 << 30, encoding: 'buffer' });
	if (git('cat-file', '-e', `${baseline}^{commit}`).status !== 0)
		throw new Error(
			`The benchmark compares with commit ${baseline}, which is not in this clone: fetch the whole history (git fetch --unshallow).`
		);
	const archive = git('archive', '--format=tar', baseline);
	mkdirSync(folder);
	const unpacked = spawnSync('tar', ['-x', '-C', folder], { input: archive.stdout });
	if (archive.status !== 0 || unpacked.status !== 0)
		throw new Error(`commit ${baseline} cannot be unpacked: ${unpacked.stderr.toString()}`);
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	return folder;
}

/** In turns, so that whatever else the machine does meets both alike; the median of the rounds. */
async function compared(
	[name, path, login]: (typeof pages)[number],
	ours: Running,
	theirs: Running
) {
	const works = await Promise.all([ours, theirs].map((one) => reader(one, path, login)));
	const alone: Timing[][] = works.map(() => []);
	const together: Timing[][] = works.map(() => []);
	for (let round = 0; round < rounds; round++) {
		for (const [at, work] of works.entries())
			alone[at]?.push(await timed(work, { most: 100, seconds: 4 }));
		for (const [at, work] of works.entries())
			together[at]?.push(await timed(work, { clients, most: 2000, seconds: 4 }));
	}
	const middle = (timings: Timing[][], at: number, of: keyof Timing) =>
		quantile(timings[at]?.map((timing) => timing[of]) ?? [], 0.5);
	const what = `the same page at ${baseline}`;
	return [
		figure('pages', `${name}, p50 alone`, middle(alone, 0, 'p50'), 'ms', {
			limit: { what, value: middle(alone, 1, 'p50') },
			goal: 'ratio ≤ 0.4'
		}),
		figure('pages', `${name}, ${clients} clients`, middle(together, 0, 'perSecond'), '/s', {
			limit: { what, value: middle(together, 1, 'perSecond') },
			goal: 'ratio ≥ 2.5'
		})
	];
}

/** Asks for a page as somebody who is signed in, on connections that stay open. */
async function reader({ url, dataDir }: Running, path: string, login: string) {
	const cookie = await signIn(url, dataDir, login);
	const agent = new Agent({ keepAlive: true, maxSockets: clients });
	return () =>
		new Promise<void>((resolve, reject) => {
			get(url + path, { agent, headers: { cookie } }, (answer) => {
				if (answer.statusCode !== 200) reject(new Error(`${path} answered ${answer.statusCode}`));
				answer.on('error', reject).on('end', resolve).resume();
			}).on('error', reject);
		});
}
