import { fork } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startBackend } from '../../supabase/embedded/backend.ts';
import { readSecrets } from '../../supabase/embedded/secrets.ts';
import { interrupted } from './interrupted.ts';
import { figure, quantile, type Figure } from './report.ts';
import type { Filed, Filing } from './file-once.ts';
import { member, organisation } from './volume.ts';

const dataset = 'platform_labour_monthly';
const province = '51';

const runs = 5;

/** A clerk's file from its request to its receipt, beside COPY and one validating insert of the same file. */
export async function upload(): Promise<Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'xiezhi-bench-'));
	const files = mkdtempSync(join(tmpdir(), 'xiezhi-bench-files-'));
	// COPY reads the files as the database's own account.
	chmodSync(files, 0o755);
	const backend = await startBackend({ dataDir: folder, signal: interrupted });
	const owner = new Client({ connectionString: backend.ownerUrl });
	const superuser = new Client({
		connectionString: backend.ownerUrl.replace(
			/\/\/[^@]*@/,
			`//supabase_admin:${readSecrets(folder).superuserPassword}@`
		)
	});
	try {
		await owner.connect();
		await superuser.connect();
		const clerk = await clerkOf(owner);
		const { apiUrl, publishableKey, jwtSecret } = backend;
		const api = { apiUrl, publishableKey, jwtSecret };
		/** The same file for as many obligations, at once. */
		const file = async (app: App, path: string, filings = 1) => {
			const obligations: string[] = [];
			while (obligations.length < filings)
				obligations.push(await owe(owner, clerk.council, clerk.organisation));
			return app.file({ path, obligations, reader: clerk, api });
		};
		const figures: Figure[] = [];
		for (const [wanted, goal] of [
			[10_000, 4],
			[100_000, 2]
		] as const) {
			const { path, lines } = await writeTable(owner, files, wanted);
			const name = `${lines.length} rows`;
			figures.push(
				...(await good(name, goal, path, file, () => limitOf(superuser, path))),
				...(wanted === 100_000 ? await bad(name, files, lines, path, file) : [])
			);
		}
		const { path } = await writeTable(owner, files, 50_000);
		return [...figures, ...(await together(path, file))];
	} finally {
		await owner.end().catch(() => undefined);
		await superuser.end().catch(() => undefined);
		await backend.stop();
		for (const one of [folder, files]) rmSync(one, { recursive: true, force: true });
	}
}

type File = (app: App, path: string, filings?: number) => Promise<Filed>;

async function good(
	name: string,
	goal: number,
	path: string,
	file: File,
	limit: () => Promise<number>
): Promise<Figure[]> {
	const app = startApp();
	const first = one(await file(app, path));
	const ours: Filed[] = [];
	const limits: number[] = [];
	for (let run = 0; run < runs; run++) {
		ours.push(await file(app, path));
		limits.push(await limit());
	}
	app.stop();
	const whole = ours.map((filed) => one(filed).total);
	const what = 'COPY into a staging table and one validating insert';
	const beside = (which: string, of: (values: number[]) => number) =>
		figure('upload', `${name}, whole, ${which} of ${runs}`, of(whole), 'ms', {
			limit: { what, value: of(limits) },
			goal: `≤ ${goal} × limit`
		});
	return [
		beside('median', (values) => quantile(values, 0.5)),
		beside('best', (values) => Math.min(...values)),
		figure(
			'upload',
			`${name}, read and checked, median`,
			quantile(
				ours.map((filed) => one(filed).checked),
				0.5
			),
			'ms'
		),
		figure('upload', `${name}, the first of a new process`, first.total, 'ms'),
		...burden(name, ours)
	];
}

/** A file that is wrong everywhere, and one that is wrong in its last cell. */
async function bad(name: string, files: string, lines: string[], path: string, file: File) {
	const app = startApp();
	await file(app, path);
	const figures: Figure[] = [];
	for (const [where, from] of [
		['everywhere', 0],
		['in its last cell', lines.length - 1]
	] as const) {
		const wrong = lines.map((line, at) => (at < from ? line : line.replace(/[^,]*$/, 'x')));
		const refused = save(files, 'wrong', wrong);
		const ours: Filed[] = [];
		for (let run = 0; run < runs; run++) ours.push(await file(app, refused));
		if (ours.some((filed) => one(filed).receipt)) throw new Error('a wrong file was filed');
		const checked = ours.map((filed) => one(filed).checked);
		figures.push(
			figure(
				'upload',
				`${name}, wrong ${where}, to the reasons, median`,
				quantile(checked, 0.5),
				'ms',
				{
					goal: '≤ 1000 ms'
				}
			),
			...burden(`${name}, wrong ${where}`, ours)
		);
	}
	app.stop();
	return figures;
}

async function together(path: string, file: File): Promise<Figure[]> {
	const app = startApp();
	const filed = await file(app, path, 4);
	app.stop();
	return [
		...filed.times.map(({ total }, at) =>
			figure('upload', `4 × 50000 rows at once, number ${at + 1}`, total, 'ms', {
				goal: '≤ 30000 ms'
			})
		),
		...burden('4 × 50000 rows at once', [filed])
	];
}

/** What filing costs the others whom the same process serves. */
function burden(name: string, filed: Filed[]): Figure[] {
	const worst = (of: (one: Filed) => number) => Math.max(...filed.map(of));
	return [
		figure(
			'upload',
			`${name}, event loop, worst p99`,
			worst(({ delay }) => delay.p99),
			'ms',
			{
				goal: '≤ 100 ms'
			}
		),
		figure(
			'upload',
			`${name}, event loop, longest`,
			worst(({ delay }) => delay.most),
			'ms'
		),
		figure(
			'upload',
			`${name}, peak memory of the app`,
			worst(({ megabytes }) => megabytes),
			'MB',
			{
				goal: '≤ 400 MB'
			}
		)
	];
}

function one({ times: [first] }: Filed) {
	if (!first) throw new Error('nothing was filed');
	return first;
}

async function clerkOf(owner: Client) {
	const government = await organisation(owner, 'government', 'regulator', province);
	const platform = await organisation(owner, 'platform', 'platform', province);
	const { rows } = await owner.query<{ id: string }>(
		`insert into public.councils (name_zh, name_en, region_code, convener_id)
		 values ('基准', 'Benchmark', $1, $2) returning id`,
		[province, government]
	);
	const council = rows[0]?.id ?? '';
	await owner.query(
		`insert into public.council_seats (council_id, organisation_id, standing, since)
		 select $1, unnest($2::uuid[]), 'voting', '2020-01-01'`,
		[council, [government, platform]]
	);
	return { council, organisation: platform, person: await member(owner, platform, 'reporter') };
}

let owed = 0;
async function owe(owner: Client, council: string, platform: string): Promise<string> {
	const { rows } = await owner.query<{ id: string }>(
		`insert into public.obligations (council_id, dataset_code, organisation_id, period, opens_on, due_on)
		 values ($1, $2, $3, to_char(date '2024-01-01' + make_interval(months => $4), 'YYYY-MM'), '2024-02-01', '2024-03-01')
		 returning id`,
		[council, dataset, platform, owed++]
	);
	return rows[0]?.id ?? '';
}

const header = 'region_code,occupation,employment_mode,measure,value';

/** A long table: a row for each measure, district, occupation and employment mode, true to the dataset's rules. */
async function writeTable(owner: Client, folder: string, wanted: number) {
	const codes = async (sql: string) =>
		(await owner.query<{ code: string }>(sql)).rows.map(({ code }) => code);
	const measures = await codes(
		`select measure_code as code from public.dataset_measures where dataset_code = '${dataset}' order by position`
	);
	const regions = await codes(
		`select code from public.regions where level = 'county' and code like '${province}%' and valid_to is null order by code`
	);
	const occupations = await codes('select code from public.occupations order by position');
	const modes = await codes('select code from public.employment_modes order by position');
	const lines: string[] = [];
	for (const region of regions)
		for (const occupation of occupations)
			for (const mode of modes) {
				if (lines.length >= wanted) break;
				for (const measure of measures)
					lines.push(`${region},${occupation},${mode},${measure},${values[measure] ?? 100}`);
			}
	return { path: save(folder, String(wanted), lines), lines };
}

function save(folder: string, name: string, lines: string[]): string {
	const path = join(folder, `${name}.csv`);
	writeFileSync(path, `${header}\n${lines.join('\n')}\n`, { mode: 0o644 });
	return path;
}

const values: Record<string, number> = {
	active_workers: 900,
	headcount_first_day: 900,
	headcount_last_day: 900,
	labour_relation_workers: 300,
	partial_relation_workers: 300,
	civil_relation_workers: 300,
	orders_completed: 90_000,
	mean_commission_rate: 15.25,
	median_net_hourly_income: 25.5
};

type App = { file: (filing: Filing) => Promise<Filed>; stop: () => void };

/** The app's way, in a process of its own, so that its memory and its waiting can be seen. */
function startApp(): App {
	const child = fork(join(import.meta.dirname, 'file-once.ts'), {
		execArgv: ['--disable-warning=ExperimentalWarning']
	});
	const file = (filing: Filing) =>
		new Promise<Filed>((resolve, reject) => {
			child.removeAllListeners();
			child.once('message', (answer) => resolve(answer as Filed));
			child.once('exit', (code) => reject(new Error(`filing ended with ${code}`)));
			child.send(filing);
		});
	return { file, stop: () => child.disconnect() };
}

/** The least that any product would do: copy, then insert what is valid into a table like ours. */
async function limitOf(superuser: Client, path: string): Promise<number> {
	await superuser.query(`
		drop table if exists bench_staging, bench_entries;
		create table bench_staging (region text, occupation text, mode text, measure text, value text);
		create table bench_entries (like public.entries including all);`);
	const begin = performance.now();
	await superuser.query('begin');
	await superuser.query(`copy bench_staging from '${path}' with (format csv, header)`);
	await superuser.query(`
		insert into bench_entries (submission_id, position, measure_code, region_code, occupation, employment_mode, value, cell)
		select '00000000-0000-0000-0000-000000000000', row_number() over (), m.measure_code, r.code, o.code, e.code, s.value::numeric, 'E'
		from bench_staging s
		join public.dataset_measures m on m.dataset_code = '${dataset}' and m.measure_code = s.measure
			and s.value::numeric between m.minimum and m.maximum
		join public.regions r on r.code = s.region and r.level = 'county' and r.valid_to is null and r.code like '${province}%'
		join public.occupations o on o.code = s.occupation
		join public.employment_modes e on e.code = s.mode`);
	await superuser.query('commit');
	const duration = performance.now() - begin;
	await superuser.query('drop table bench_staging, bench_entries');
	return duration;
}
