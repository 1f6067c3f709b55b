import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Backend } from '../../supabase/embedded/backend.ts';
import { temporaryBackend } from '../../supabase/embedded/test-backend.ts';
import { partyOf } from '../../supabase/seed/demo/parties.ts';
import { seats } from '../../supabase/seed/demo/people.ts';
import { as } from './council.ts';

// Every group of the demonstration's newest months, computed again from the raw accepted entries by plain SQL.

let backend: Backend;
let owner: Client;

beforeAll(async () => {
	backend = await temporaryBackend('demonstration', 'groups');
	owner = new Client({ connectionString: backend.ownerUrl });
	await owner.connect();
}, 600_000);

afterAll(async () => {
	await owner?.end();
	await backend?.stop();
}, 60_000);

test('the regulator’s groups are the sums of what was filed, cell by cell', async () => {
	const seat = seats.find(({ email }) => email.startsWith('secretariat@'));
	if (!seat) throw new Error('Nobody is called secretariat.');
	const actor = { person: seat.person, organisation: partyOf(seat.party).id };
	const { rows: periods } = await owner.query<{ period: string }>(
		`select distinct t.period, t.starts_on from public.totals t where t.dataset_code = 'platform_labour_monthly' order by t.starts_on desc limit 3`
	);
	const { rows: codes } = await owner.query<{ code: string }>(
		`select distinct t.indicator_code as code from public.definition_terms t
		 join public.dataset_measures m on m.measure_code = t.measure_code and m.dataset_code = 'platform_labour_monthly' order by 1`
	);
	let compared = 0;
	for (const { period } of periods) {
		const { rows: again } = await owner.query<{ line: string }>(
			`with terms as (
				select t.*, d.kind, count(*) over (partition by t.indicator_code) as needed
				from public.definition_terms t
				join public.indicator_definitions d using (indicator_code, version)
				join public.measures m on m.code = t.measure_code
				where d.valid_from <= private.period_start($1) and (d.valid_to is null or d.valid_to > private.period_start($1))
			 ),
			 raw as (
				select x.indicator_code, x.kind, x.part, x.needed, x.measure_code, e.value, e.value * x.weight as weighed, a.organisation_id, e.region_code, e.occupation, e.employment_mode
				from (select distinct organisation_id, measure_code, submission_id from public.totals where period = $1 and dataset_code = 'platform_labour_monthly') a
				join public.entries e using (submission_id, measure_code)
				join terms x using (measure_code)
				where x.kind <> 'statistic'
			 ),
			 detailed as (
				select r.*, bool_and(r.employment_mode <> '') over (partition by r.indicator_code, r.organisation_id) as by_mode from raw r
			 ),
			 cells as (
				select indicator_code, kind, organisation_id, occupation, case when by_mode then employment_mode else '' end as mode,
				       sum(weighed) filter (where part = 'numerator') as n, sum(weighed) filter (where part = 'denominator') as d
				from detailed
				group by 1, 2, 3, region_code, 4, 5, needed
				having kind <> 'ratio' or count(distinct measure_code) = needed and count(value) = count(*)
			 ),
			 groups as (
				select indicator_code, 'occupation' as dimension, occupation as code, n, d, organisation_id from cells
				union all
				select indicator_code, 'employment_mode', mode, n, d, organisation_id from cells
			 )
			 select concat_ws('|', g.indicator_code, g.dimension, g.code, sum(g.n)::float8, sum(g.d)::float8, count(distinct g.organisation_id)) as line
			 from groups g
			 where g.n is not null and (g.indicator_code, g.dimension) in (select x.indicator_code, x.dimension from groups x where x.code <> '')
			 group by g.indicator_code, g.dimension, g.code`,
			[period]
		);
		const shown: string[] = [];
		for (const { code } of codes) {
			const { rows } = await as(owner, actor, (client) =>
				client.query<{ line: string }>(
					`select concat_ws('|', $1::text, g.dimension, g.group_code, g.numerator::float8, g.denominator::float8, g.contributors) as line
					 from public.indicator_groups((select id from public.councils limit 1), $1, $2) g`,
					[code, period]
				)
			);
			shown.push(...rows.map(({ line }) => line));
		}
		expect(shown.toSorted(), period).toEqual(again.map(({ line }) => line).toSorted());
		compared += shown.length;
	}
	expect(compared).toBeGreaterThan(300);
}, 120_000);
