import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Db } from '#lib/server/db.ts';
import * as reviews from '#lib/server/reviews.ts';
import { startBackend } from '../../supabase/embedded/backend.ts';
import { timed } from './clients.ts';
import { interrupted } from './interrupted.ts';
import { claimsOf, dbOf } from './people.ts';
import { figure, type Figure } from './report.ts';
import { member, organisation, type Reader } from './volume.ts';

const dataset = 'platform_labour_monthly';
/** A province whose counties give enough places. */
const province = '51';
const rows = 50_000;

/** What a reviewer waits for when they open a filing of 50,000 values that was corrected once. */
export async function review(): Promise<Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'xiezhi-bench-'));
	const backend = await startBackend({ dataDir: folder, signal: interrupted });
	const owner = new Client({ connectionString: backend.ownerUrl });
	try {
		await owner.connect();
		const { reviewer, submission } = await fill(owner);
		const db = await dbOf(backend, reviewer);
		const one = await timed(async () => db.from('councils').select('id').limit(1));
		const limit = await scan(owner, reviewer, submission);
		const whole = await timed(() => screen(db, submission), { most: 50 });
		return [
			figure('review', `${rows} values, the whole screen, p50`, whole.p50, 'ms', {
				limit: {
					what: `reading the filing once in plain SQL (${limit.p50.toFixed(1)} ms) and 3 × one request`,
					value: limit.p50 + 3 * one.p50
				},
				goal: '≤ 300 ms'
			}),
			figure('review', `${rows} values, the whole screen, p95`, whole.p95, 'ms'),
			...(await parts(db, submission))
		];
	} finally {
		await owner.end().catch(() => undefined);
		await backend.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Everything the page reads, as its load reads it. */
const screen = (db: Db, submission: string) =>
	reviews.screen(db, submission, {
		entries: { measure: null, region: null, page: 1, size: 200 },
		changes: { against: 'period', page: 1, size: 20 },
		cell: null
	});

async function parts(db: Db, submission: string): Promise<Figure[]> {
	const changes = (against: string) =>
		db.rpc('submission_changes', { submission, against, wanted: 20 });
	const values = () =>
		db.from('entries').select('*', { count: 'exact' }).eq('submission_id', submission);
	const work: [string, () => PromiseLike<{ error: unknown }>][] = [
		['by measure', () => db.rpc('submission_summary', { submission })],
		['a page of values', () => values().order('position').range(0, 199)],
		['changes since the last version', () => changes('version')],
		['changes since the last period', () => changes('period')],
		['peers', () => db.rpc('submission_peers', { submission })]
	];
	const figures: Figure[] = [];
	for (const [name, read] of work) {
		const { p50 } = await timed(() => answered(read), { most: 30 });
		figures.push(figure('review', `${rows} values, ${name}, p50`, p50, 'ms'));
	}
	return figures;
}

async function answered(read: () => PromiseLike<{ error: unknown }>): Promise<void> {
	const { error } = await read();
	if (error) throw new Error('The database refused.', { cause: error });
}

/** Adding the values of the filing up, under the policies of the reviewer. */
async function scan(owner: Client, reviewer: Reader, submission: string) {
	return timed(
		async () => {
			await owner.query('begin');
			await owner.query(
				`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`,
				[JSON.stringify(claimsOf(reviewer))]
			);
			await owner.query(
				'select measure_code, sum(value) from public.entries where submission_id = $1 group by 1',
				[submission]
			);
			await owner.query('commit');
		},
		{ most: 30 }
	);
}

/** Twelve accepted months of ten platforms, and of one of them a month that came back once. The figures are made up. */
async function fill(owner: Client): Promise<{ reviewer: Reader; submission: string }> {
	const regulator = await organisation(owner, 'government', 'regulator', province);
	const platforms: string[] = [];
	for (let number = 1; number <= 10; number++)
		platforms.push(await organisation(owner, 'platform', `platform ${number}`, province));
	const { rows: made } = await owner.query<{ id: string }>(
		`insert into public.councils (name_zh, name_en, region_code, convener_id, is_demo)
		 values ('基准测试联席会议', 'Benchmark council', $1, $2, true) returning id`,
		[province, regulator]
	);
	const council = made[0]?.id;
	await owner.query(
		`insert into public.council_seats (council_id, organisation_id, standing, since)
		 select $1, unnest($2::uuid[]), 'voting', '2020-01-01'`,
		[council, [regulator, ...platforms]]
	);
	await owner.query(obligations, [council, platforms]);
	await owner.query(accepted, [council]);
	const { rows: corrected } = await owner.query<{ id: string }>(waiting, [council, platforms[0]]);
	const submission = corrected.at(-1)?.id ?? '';
	// What was filed takes no more entries; here they come last.
	await owner.query('alter table public.entries disable trigger user');
	await owner.query(values, [council, platforms[0], rows, province]);
	await owner.query('alter table public.entries enable trigger user');
	await owner.query('alter table public.submissions disable trigger user');
	await owner.query(
		`update public.submissions s set (cells_filled, cells_required, sums) = (select c.filled, c.required, c.sums from private.cells(s.id, s.dataset_code) c)
		 where s.council_id = $1`,
		[council]
	);
	await owner.query('alter table public.submissions enable trigger user');
	await owner.query('alter table public.totals disable trigger user');
	await owner.query(totals, [council, province]);
	await owner.query('alter table public.totals enable trigger user');
	await owner.query('vacuum analyze');
	return {
		reviewer: {
			organisation: regulator,
			person: await member(owner, regulator, 'reviewer')
		},
		submission
	};
}

const obligations = `
	insert into public.obligations (council_id, dataset_code, organisation_id, period, opens_on, due_on)
	select $1, '${dataset}', platform, to_char(month, 'YYYY-MM'), (month + interval '1 month')::date, (month + interval '45 days')::date
	from unnest($2::uuid[]) as platform
	cross join generate_series(
		date_trunc('month', private.today()) - interval '13 months', date_trunc('month', private.today()) - interval '1 month', interval '1 month'
	) as month`;

const filing = `
	insert into public.submissions (obligation_id, council_id, organisation_id, dataset_code, dataset_version, period, version, status,
		stage, file_name, file_sha256, file_size, row_count, values_sha256, created_by, submitted_at, late_days, decided_at)
	select o.id, o.council_id, o.organisation_id, o.dataset_code, 1, o.period, v.version, v.status, 0, 'review.csv',
	       encode(sha256((o.id::text || v.version)::bytea), 'hex'), 1, 1, encode(sha256(o.id::text::bytea), 'hex'), gen_random_uuid(),
	       o.due_on, 0, o.due_on
	from public.obligations o`;

const accepted = `${filing}
	cross join (values (1, 'accepted')) as v (version, status)
	where o.council_id = $1 and o.opens_on < date_trunc('month', private.today())`;

const waiting = `${filing}
	cross join (values (1, 'returned'), (2, 'submitted')) as v (version, status)
	where o.council_id = $1 and o.organisation_id = $2 and o.opens_on = date_trunc('month', private.today())
	order by v.version
	returning id`;

/** The large filing in both versions and in the month before; a hundredth of the values differs between versions. */
const values = `
	insert into public.entries (submission_id, position, measure_code, region_code, occupation, employment_mode, value, cell)
	select s.id, k.position, k.measure_code, k.region_code, k.occupation, k.employment_mode,
	       100 + abs(hashtext(k.measure_code || k.region_code || k.occupation)) % 1000
	         + case when s.period < to_char(private.today() - interval '1 month', 'YYYY-MM') then k.position % 7
	           when s.version = 2 and k.position % 100 = 0 then 50 else 0 end,
	       'D' || k.position
	from public.submissions s
	cross join lateral (
		select row_number() over (order by r.code, o.code, m.code, dm.position)::integer as position,
		       dm.measure_code, r.code as region_code, o.code as occupation, m.code as employment_mode
		from public.dataset_measures dm
		cross join (select code from public.regions where level = 'county' and code like $4 || '%' and valid_to is null and in_gb2260) r
		cross join public.occupations o
		cross join public.employment_modes m
		where dm.dataset_code = '${dataset}'
		limit $3
	) k
	where s.council_id = $1 and s.organisation_id = $2
		and s.period >= to_char(private.today() - interval '2 months', 'YYYY-MM')`;

/** What acceptance keeps for the whole region. */
const totals = `
	insert into public.totals (council_id, measure_code, period, starts_on, region_code, organisation_id, occupation, value, missing_count, submission_id, dataset_code)
	select s.council_id, dm.measure_code, s.period, private.period_start(s.period), $2, s.organisation_id, '',
	       100000 + abs(hashtext(s.id::text || dm.measure_code)) % 100000, 0, s.id, s.dataset_code
	from public.submissions s
	join public.dataset_measures dm on dm.dataset_code = s.dataset_code
	where s.council_id = $1 and s.status = 'accepted'`;
