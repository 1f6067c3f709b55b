import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';

/** Who reads in the benchmarks: a person in an organisation with a seat in the large council. */
export type Reader = { person: string; organisation: string };

export type Volume = {
	council: string;
	entries: number;
	totals: number;
	/** Of the city's government: reads exact figures by name. */
	regulator: Reader;
	/** Of one of the competing platforms: reads what disclosure leaves. */
	platform: Reader;
};

const platforms = 31;
const months = 24;

/**
 * Fills an instance with one council of a million entries: 31 platforms × 24 months × 16 districts × 30 measures ×
 * 3 occupations, accepted and rolled up as acceptance does it. The figures are made up, and the same every time.
 */
export async function fillVolume(owner: Client): Promise<Volume> {
	const council = randomUUID();
	const regulator = await organisation(owner, 'government', 'regulator');
	await owner.query(
		`insert into public.councils (id, name_zh, name_en, region_code, convener_id, is_demo)
		 values ($1, '基准测试联席会议', 'Benchmark council', '31', $2, true)`,
		[council, regulator]
	);
	const parties = [regulator];
	for (let number = 1; number <= platforms; number++)
		parties.push(await organisation(owner, 'platform', `platform ${number}`));
	await owner.query(
		`insert into public.council_seats (council_id, organisation_id, standing, since)
		 select $1, unnest($2::uuid[]), 'voting', '2020-01-01'`,
		[council, parties]
	);
	await owner.query('begin');
	await owner.query(filings, [council, months]);
	// Accepted filings take no further entries.
	await owner.query('alter table public.entries disable trigger user');
	const { rowCount } = await owner.query(entries, [council]);
	await owner.query('alter table public.entries enable trigger user');
	await owner.query('analyze public.entries, public.submissions');
	// Kept figures once for each period, not once for each filing.
	await owner.query('alter table public.totals disable trigger user');
	await owner.query(totals, [council]);
	await owner.query('alter table public.totals enable trigger user');
	await owner.query('analyze public.totals');
	await owner.query(
		`select private.keep_contributions($1, t.organisation_id, t.period) from (select distinct organisation_id, period from public.totals) t`,
		[council]
	);
	await owner.query('analyze private.contributions');
	await owner.query(
		`select private.keep_figures($1, p.period), private.keep_reporting($1, p.period) from (select distinct period from public.totals) p`,
		[council]
	);
	await owner.query('commit');
	await owner.query('vacuum analyze');
	const kept = await owner.query<{ count: string }>('select count(*) from public.totals');
	return {
		council,
		entries: rowCount ?? 0,
		totals: Number(kept.rows[0]?.count),
		regulator: { organisation: regulator, person: await member(owner, regulator, 'viewer') },
		platform: {
			organisation: parties[1] ?? '',
			person: await member(owner, parties[1] ?? '', 'reporter')
		}
	};
}

/** An organisation of Shanghai, or of another region. */
export async function organisation(
	owner: Client,
	kind: string,
	name: string,
	region = '31'
): Promise<string> {
	const { rows } = await owner.query<{ id: string }>(
		`insert into public.organisations (kind, name_zh, name_en, short_zh, short_en, region_code, is_demo)
		 values ($1, $2, $2, $2, $2, $3, true) returning id`,
		[kind, `benchmark ${name}`, region]
	);
	return rows[0]?.id ?? '';
}

/** A person of an organisation in one role. */
export async function member(owner: Client, organisation: string, role: string): Promise<string> {
	const person = randomUUID();
	// public.people follows by trigger.
	await owner.query(
		`insert into identity."user" (id, name, email, email_verified) values ($1, 'Benchmark', $2, true)`,
		[person, `${person}@example.cn`]
	);
	await owner.query(
		'insert into public.members (person_id, organisation_id, roles) values ($1, $2, array[$3])',
		[person, organisation, role]
	);
	return person;
}

const filings = `
	with owed as (
		insert into public.obligations (council_id, dataset_code, organisation_id, period, opens_on, due_on)
		select $1, 'platform_labour_monthly', o.id, to_char(month, 'YYYY-MM'), (month + interval '1 month')::date,
		       (month + interval '1 month 14 days')::date
		from public.council_seats s
		join public.organisations o on o.id = s.organisation_id and o.kind = 'platform'
		cross join generate_series(
			date_trunc('month', private.today()) - make_interval(months => $2),
			date_trunc('month', private.today()) - interval '1 month', interval '1 month'
		) as month
		where s.council_id = $1
		returning *
	)
	insert into public.submissions (obligation_id, council_id, organisation_id, dataset_code, dataset_version, period, version, status,
		stage, file_name, file_sha256, file_size, row_count, values_sha256, created_by, submitted_at, late_days, decided_at)
	select o.id, o.council_id, o.organisation_id, o.dataset_code, 1, o.period, 1, 'accepted', 1, 'volume.csv',
	       encode(sha256(o.id::text::bytea), 'hex'), 1, 1, encode(sha256(o.id::text::bytea), 'hex'), gen_random_uuid(),
	       o.due_on, 0, o.due_on
	from owed o`;

/** A measure is a share of the workers; shares, sizes and districts differ, evenly spread by a hash. */
const entries = `
	with
	columns as (
		select m.code, m.additive, dm.position, 0.05 + 0.9 * hashtext(m.code)::bigint::numeric / 4294967296 + 0.45 as share
		from public.dataset_measures dm join public.measures m on m.code = dm.measure_code
		where dm.dataset_code = 'platform_labour_monthly'
	),
	districts as (
		select r.code from public.regions r
		where r.level = 'county' and r.code like '31%' and r.in_gb2260 and r.valid_to is null
	),
	parts as (select c.code from public.occupations c order by c.position limit 3)
	insert into public.entries (submission_id, position, measure_code, region_code, occupation, value, cell)
	select s.id, row_number() over (partition by s.id order by d.code, p.code, c.position), c.code, d.code, coalesce(p.code, ''),
	       case when c.additive then
	         round((50 + abs(hashtext(s.organisation_id::text)) % 4000) * least(c.share, 1)
	           * (0.5 + (abs(hashtext(s.period || d.code || coalesce(p.code, ''))) % 1000) / 1000.0))
	       else 10 + abs(hashtext(s.period || d.code)) % 20 end,
	       'D' || c.position
	from public.submissions s
	cross join districts d
	cross join columns c
	left join parts p on c.additive
	where s.council_id = $1`;

/** What private.roll_up keeps of each filing, of all of them in one statement. */
const totals = `
	insert into public.totals (council_id, measure_code, period, starts_on, region_code, organisation_id, occupation, value, missing_count, submission_id, dataset_code)
	select $1, e.measure_code, s.period, private.period_start(s.period), e.region_code, s.organisation_id, e.occupation, e.value, 0, s.id, s.dataset_code
	from public.submissions s
	cross join lateral (
		select x.measure_code, place.code as region_code, part.occupation, sum(x.value) as value
		from public.entries x
		join public.measures m on m.code = x.measure_code
		cross join lateral (select x.region_code as code union all select '31' where m.additive) place
		cross join lateral (select x.occupation union all select '' where x.occupation <> '') part
		where x.submission_id = s.id
		group by x.measure_code, place.code, part.occupation
	) e
	where s.council_id = $1`;
