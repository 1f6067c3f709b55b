import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { overviewAddress } from '#lib/overview/address.ts';
import { pageView, windowStart } from '#lib/indicators/page-view.ts';
import { hashPassword } from '#lib/server/identity/password.ts';
import * as overview from '#lib/server/overview.ts';
import * as sharing from '#lib/server/sharing.ts';
import type { Db } from '#lib/server/db.ts';
import { buildIfNeeded } from '../../supabase/embedded/build.ts';
import { startInstance } from '../../supabase/embedded/instance.ts';
import { freePort } from '../../supabase/embedded/postgres.ts';
import { timed, type Timing } from './clients.ts';
import { claimsOf, dbOf } from './people.ts';
import { date } from '#lib/ui/format.ts';
import { interrupted } from './interrupted.ts';
import { figure, type Figure } from './report.ts';
import { fillVolume, type Reader, type Volume } from './volume.ts';

const indicator = 'CT1';
const password = 'a long sentence of the benchmark';

/** What people wait for when they read a council of a million entries. */
export async function reading(): Promise<Figure[]> {
	await buildIfNeeded((line) => console.error(line));
	const dataDir = mkdtempSync(join(tmpdir(), 'xiezhi-bench-'));
	const instance = await startInstance({
		dataDir,
		host: '127.0.0.1',
		port: await freePort(),
		demo: false,
		log: () => undefined,
		signal: interrupted
	});
	const { backend } = instance;
	if (!backend) throw new Error('the benchmark needs the embedded backend');
	const owner = new Client({ connectionString: backend.ownerUrl });
	try {
		await owner.connect();
		const begin = performance.now();
		const volume = await fillVolume(owner);
		const figures = [
			figure('reading', `${volume.entries} entries stored`, performance.now() - begin, 'ms')
		];
		for (const [who, reader] of [
			['regulator', volume.regulator],
			['platform', volume.platform]
		] as const) {
			const db = await dbOf(backend, reader);
			figures.push(...(await dataAs(who, reader, db, volume, owner)));
			figures.push(...(await pagesAs(who, reader, instance.appUrl, owner)));
		}
		return figures;
	} finally {
		await owner.end().catch(() => undefined);
		await instance.stop();
		rmSync(dataDir, { recursive: true, force: true });
	}
}

/** Through the app's own doors, as its pages call them. */
async function dataAs(who: string, reader: Reader, db: Db, volume: Volume, owner: Client) {
	const { council } = volume;
	const cards = () => sharing.overview(db, council);
	const fixed = await timed(() => sharing.council(db, council));
	const limits = {
		overview: await asPerson(owner, reader, overviewInSql, [council]),
		page: await asPerson(owner, reader, pageInSql, [council, indicator])
	};
	const page = async () => {
		const since = windowStart(pageView(new URL('http://localhost/')), date(new Date()));
		const asked = { region: null, period: null, frequency: null, since };
		await sharing.figures(db, council, indicator, asked);
	};
	const picture = async () => {
		await overview.page(db, council, overviewAddress(new URL('http://localhost/')));
	};
	const figures = [figure('reading', `${who}, one row by the API, p50`, fixed.p50, 'ms')];
	for (const [name, work, limit, requests] of [
		['cards of all indicators', cards, limits.overview, 1],
		['overview of the council', picture, limits.overview, 1],
		['indicator page', page, limits.page, 1]
	] as const) {
		const alone = await timed(work);
		const together = await timed(work, { clients: 16, most: 1600 });
		const allowed = {
			what: `3 × the same sums in plain SQL (${limit.p50.toFixed(1)} ms) and ${requests} × one request`,
			value: 3 * limit.p50 + requests * fixed.p50
		};
		figures.push(
			figure('reading', `${who}, ${name}, p50 alone`, alone.p50, 'ms', {
				limit: allowed,
				goal: 'ratio ≤ 1'
			}),
			...spread(`${who}, ${name}`, alone, together)
		);
	}
	return figures;
}

/** As a person experiences it: the whole page from the production app. */
async function pagesAs(who: string, reader: Reader, appUrl: string, owner: Client) {
	const cookie = await signIn(reader, appUrl, owner);
	const get = (path: string) => async () => {
		const response = await fetch(appUrl + path, { headers: { cookie } });
		const text = await response.text();
		if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
	};
	const figures: Figure[] = [];
	for (const path of ['/overview', '/indicators', `/indicators/${indicator}`]) {
		const alone = await timed(get(path));
		const together = await timed(get(path), { clients: 16, most: 800 });
		figures.push(
			figure('reading', `${who}, page ${path}, p50 alone`, alone.p50, 'ms'),
			...spread(`${who}, page ${path}`, alone, together)
		);
	}
	return figures;
}

function spread(name: string, alone: Timing, together: Timing): Figure[] {
	return [
		figure('reading', `${name}, p95 alone`, alone.p95, 'ms', { goal: '≤ 150 ms' }),
		figure('reading', `${name}, p50 of 16 clients`, together.p50, 'ms'),
		figure('reading', `${name}, p95 of 16 clients`, together.p95, 'ms'),
		figure('reading', `${name}, 16 clients`, together.perSecond, '/s', { goal: '≥ 60 /s' })
	];
}

async function signIn(reader: Reader, appUrl: string, owner: Client): Promise<string> {
	await owner.query(
		`insert into identity.account (account_id, provider_id, user_id, password) values ($1, 'credential', $2, $3)`,
		[reader.person, reader.person, await hashPassword(password)]
	);
	const response = await fetch(`${appUrl}/sign-in`, {
		method: 'POST',
		headers: { origin: appUrl, accept: 'text/html' },
		body: new URLSearchParams({ email: `${reader.person}@example.cn`, password }),
		redirect: 'manual'
	});
	if (response.status !== 303) throw new Error(`signing in answered ${response.status}`);
	return response.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}

/** A query on one connection under the policies of a person. */
async function asPerson(owner: Client, reader: Reader, sql: string, values: unknown[]) {
	return timed(
		async () => {
			await owner.query('begin');
			await owner.query(
				`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`,
				[JSON.stringify(claimsOf(reader))]
			);
			const { rowCount } = await owner.query(sql, values);
			if (!rowCount) throw new Error('the plain aggregate found nothing');
			await owner.query('commit');
		},
		{ most: 50 }
	);
}

/** Numerator and denominator of every indicator, of those organisations whose totals the reader may see. */
const overviewInSql = `
	select dt.indicator_code, t.period, count(distinct t.organisation_id),
	       sum(t.value * dt.weight) filter (where dt.part = 'numerator'),
	       sum(t.value * dt.weight) filter (where dt.part = 'denominator')
	from public.totals t
	join public.definition_terms dt on dt.measure_code = t.measure_code
	where t.council_id = $1 and t.region_code = '31' and t.occupation = ''
		and t.starts_on > (current_date - interval '15 months')
	group by 1, 2`;

/** The same of one indicator by organisation over two years, and by district in the last month. */
const pageInSql = `
	select dt.indicator_code, t.period, t.region_code, t.organisation_id,
	       sum(t.value * dt.weight) filter (where dt.part = 'numerator'),
	       sum(t.value * dt.weight) filter (where dt.part = 'denominator')
	from public.totals t
	join public.definition_terms dt on dt.measure_code = t.measure_code
	where t.council_id = $1 and dt.indicator_code = $2 and t.occupation = ''
		and (t.region_code = '31' or t.starts_on > current_date - interval '2 months')
		and t.starts_on > (current_date - interval '25 months')
	group by 1, 2, 3, 4`;
