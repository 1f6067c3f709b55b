import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Backend } from '../../supabase/embedded/backend.ts';
import { temporaryBackend } from '../../supabase/embedded/test-backend.ts';
import { loadDemo } from '../../supabase/seed/demo/load.ts';

/** The demonstration as it is told on this day; `demonstration-figures.json` holds what it said in version 0.1.0. */
const toldOn = new Date('2026-11-29T12:00:00+08:00');

const kept = JSON.parse(
	readFileSync(join(import.meta.dirname, '..', 'files', 'demonstration-figures.json'), 'utf8')
) as Record<string, { rows: number; sha256: string }>;

/** What members read of the demonstration, each as lines of text. */
const exported: Record<string, string> = {
	totals: `select concat_ws('|', measure_code, period, region_code, organisation_id, occupation, value, missing_count, dataset_code) as line
		from public.totals order by measure_code, period, region_code, organisation_id, occupation`,
	figures: `select concat_ws('|', x.indicator_code, x.version, x.region_code, x.period, x.numerator, x.denominator, x.value, x.contributors, x.hidden) as line
		from public.councils c cross join lateral private.disclosed(c.id, (select array_agg(code) from public.indicators), '2024-10-01', '2026-10-31', true, false) x`,
	entries: `select concat_ws('|', s.dataset_code, s.organisation_id, s.period, s.version, e.position, e.measure_code, e.region_code, e.occupation, e.employment_mode, e.value, e.missing_reason) as line
		from public.entries e join public.submissions s on s.id = e.submission_id`,
	filings: `select concat_ws('|', dataset_code, organisation_id, period, version, status, values_sha256, cells_filled, cells_required) as line
		from public.submissions order by dataset_code, organisation_id, period, version nulls first`,
	targets: `select concat_ws('|', indicator_code, region_code, period, kind, value, upper_value) as line
		from public.targets order by indicator_code, region_code, period, set_at`,
	snapshots: `select concat_ws('|', m.number, f ->> 'indicator', f ->> 'region', f ->> 'period', f ->> 'numerator', f ->> 'denominator', f ->> 'value', f ->> 'hidden', f ->> 'contributors', f ->> 'expected') as line
		from public.snapshots s join public.meetings m on m.id = s.meeting_id cross join lateral jsonb_array_elements(s.content -> 'figures') f`,
	votes: `select concat_ws('|', r.number, v.organisation_id, v.choice) as line
		from public.votes v join public.resolutions r on r.id = v.resolution_id`
};

let backend: Backend;
let owner: Client;

beforeAll(async () => {
	backend = await temporaryBackend();
	owner = new Client({ connectionString: backend.ownerUrl });
	await owner.connect();
	await loadDemo({ ownerUrl: backend.ownerUrl, dataDir: backend.dataDir, now: toldOn });
}, 600_000);

afterAll(async () => {
	await owner?.end();
	await backend?.stop();
}, 60_000);

it.each(Object.keys(exported))(
	'the demonstration tells the same %s to the last digit',
	async (name) => {
		const { rows } = await owner.query<{ rows: number; sha256: string }>(
			`select count(*)::integer as rows, encode(sha256(convert_to(string_agg(line, E'\\n' order by line collate "C"), 'UTF8')), 'hex') as sha256
			 from (${exported[name]}) lines`
		);
		expect(rows[0]).toEqual(kept[name]);
	},
	60_000
);
