import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convened, one, openStage, organisation, registry, type Stage } from './council.ts';

// What an accepted filing adds up to, place by place, in a council of any level.

let stage: Stage;
let platform: string;
let submissions = 0;

beforeAll(async () => {
	stage = await openStage('totals');
	await registry(stage.owner);
	platform = await organisation(stage.owner, 'platform', '迅达外卖', '31');
}, 180_000);

afterAll(() => stage?.close());

type Entry = { measure: string; region: string; occupation: string; mode: string; value: number };

const regions = ['31', '310105', '310101', '310105001', '310105005', '310101002'];
const entries = fc.uniqueArray(
	fc.record({
		measure: fc.constantFrom('test_workers', 'test_median'),
		region: fc.constantFrom(...regions),
		occupation: fc.constantFrom('', 'rider', 'driver'),
		mode: fc.constantFrom('', 'dedicated'),
		value: fc.integer({ min: 0, max: 9_999 })
	}),
	{ selector: (entry) => Object.values({ ...entry, value: 0 }).join(), maxLength: 30 }
);

test.each(['31', '310105', '310105001'])(
	'the totals of a council of %s are its sums, and its county’s, and of what cannot be added what was filed for the place itself',
	async (whole) => {
		const city = await organisation(stage.owner, 'government', `市 ${whole}`, whole);
		const joint = await convened(stage.owner, whole, city, platform);
		await fc.assert(
			fc.asyncProperty(entries, async (filed) => {
				const summed = await totalsOf(joint, filed);
				expect(summed.totals).toEqual(expected(whole, filed));
				expect(summed.groups).toEqual(expectedGroups(whole, filed));
			}),
			{ numRuns: 25 }
		);
	}
);

/** One place and one occupation after the other. */
function expected(whole: string, filed: Entry[]): string[] {
	const said: string[] = [];
	for (const place of new Set([whole, ...regions.map((region) => region.slice(0, 6))]))
		for (const measure of ['test_workers', 'test_median'])
			for (const occupation of ['', 'rider', 'driver']) {
				const adds = measure === 'test_workers';
				const of = filed.filter((entry) => {
					const there = adds
						? place === whole || (entry.region.length >= 6 && entry.region.startsWith(place))
						: entry.region === place && (place === whole || place.length === 6);
					return (
						entry.measure === measure &&
						there &&
						(place === whole || place.length === 6) &&
						(adds || entry.mode === '') &&
						(entry.occupation === occupation || (adds && occupation === ''))
					);
				});
				if (of.length)
					said.push(
						`${measure} ${place} ${occupation} ${of.reduce((sum, { value }) => sum + value, 0)}`
					);
			}
	return said.sort();
}

/** What can be added, by occupation and mode, where the filing divides it by one of them. */
function expectedGroups(whole: string, filed: Entry[]): string[] {
	const workers = filed.filter(({ measure }) => measure === 'test_workers');
	if (!workers.some(({ occupation, mode }) => occupation || mode)) return [];
	const sums = new Map<string, number>();
	for (const { region, occupation, mode, value } of workers)
		for (const place of new Set([whole, ...(region.length >= 6 ? [region.slice(0, 6)] : [])])) {
			const key = `${place} ${occupation}/${mode}`;
			sums.set(key, (sums.get(key) ?? 0) + value);
		}
	return [...sums].map(([key, value]) => `${key} ${value}`).sort();
}

/** Files them past the verbs, which allow no such mixture, adds them up, and sees what is left when all are taken back. */
async function totalsOf(
	joint: string,
	filed: Entry[]
): Promise<{ totals: string[]; groups: string[] }> {
	const { owner } = stage;
	await owner.query('begin');
	try {
		const period = `${2031 + (submissions++ % 60)}-01`;
		const obligation = await one(
			owner,
			`insert into public.obligations (council_id, organisation_id, dataset_code, period, opens_on, due_on)
			 values ($1, $2, 'test_monthly', $3, '2030-01-01', '2030-01-10') returning id`,
			[joint, platform, period]
		);
		const submission = await one(
			owner,
			`insert into public.submissions (obligation_id, council_id, organisation_id, dataset_code, dataset_version, rules_version, period, file_name, file_sha256, file_size, created_by)
			 values ($1, $2, $3, 'test_monthly', 1, 1, $4, 'a.csv', repeat('0', 64), 1, gen_random_uuid()) returning id`,
			[obligation, joint, platform, period]
		);
		await owner.query(
			`insert into public.entries (submission_id, position, measure_code, region_code, occupation, employment_mode, value)
			 select $1, row_number() over (), x.* from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::numeric[]) x`,
			[
				submission,
				filed.map(({ measure }) => measure),
				filed.map(({ region }) => region),
				filed.map(({ occupation }) => occupation),
				filed.map(({ mode }) => mode),
				filed.map(({ value }) => value)
			]
		);
		await owner.query('select private.roll_up($1)', [submission]);
		const { rows } = await owner.query<{ said: string }>(
			`select concat_ws(' ', measure_code, region_code, occupation, value::bigint) as said from public.totals where submission_id = $1`,
			[submission]
		);
		const groups = async () =>
			(
				await owner.query<{ said: string }>(
					`select concat(region_code, ' ', occupation, '/', employment_mode, ' ', value::bigint) as said from private.group_totals where council_id = $1`,
					[joint]
				)
			).rows.map(({ said }) => said);
		const summed = { totals: rows.map(({ said }) => said).sort(), groups: (await groups()).sort() };
		await owner.query('select private.roll_up($1)', [submission]);
		expect((await groups()).sort()).toEqual(summed.groups);
		await owner.query('delete from public.totals where submission_id = $1', [submission]);
		expect(await groups()).toEqual([]);
		return summed;
	} finally {
		await owner.query('rollback');
	}
}
