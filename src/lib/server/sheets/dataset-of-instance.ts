import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Context } from '#lib/filing/check-entries.ts';
import {
	asOf,
	type Dataset,
	type DatasetVersion,
	type Measure,
	type Named,
	type Region,
	type Rule
} from '#lib/datasets/dataset.ts';
import type { Superior } from '#lib/regions/find-region.ts';

/**
 * A dataset as the running instance describes it, for the command line only: the app reads it through its door, as
 * the signed-in person.
 * @throws an Error that says what to do
 */
export async function datasetOfInstance(
	code: string,
	jurisdiction = '',
	period = ''
): Promise<{ dataset: Dataset; context: Context }> {
	const client = new pg.Client({ connectionString: await databaseUrl() });
	await client.connect();
	try {
		const list = async <T>(sql: string, values: string[] = []) =>
			(await client.query<T & object>(sql, values)).rows as T[];
		const [set] = await list<
			Omit<Dataset, 'measures' | 'occupations' | 'employment_modes' | 'rules' | 'versions'>
		>(
			'select code, version, rules_version, name_zh, name_en, frequency, region_level from public.datasets where code = $1',
			[code]
		);
		if (!set) {
			const known = await list<{ code: string }>('select code from public.datasets order by code');
			throw new Error(
				`There is no dataset ${code}. There are: ${known.map((one) => one.code).join(', ')}.`
			);
		}
		const measures = await list<Measure>(
			`select m.code, m.name_zh, m.name_en, m.unit, m.additive, d.value_type, d.required,
				d.minimum::float8 as min, d.maximum::float8 as max, d.decimals, d.since
			from public.dataset_measures d join public.measures m on m.code = d.measure_code
			where d.dataset_code = $1 order by d.position`,
			[code]
		);
		const rules = await list<Rule>(
			'select * from public.dataset_rules where dataset_code = $1 and until is null order by code',
			[code]
		);
		const versions = await list<DatasetVersion>(
			'select version, from_period, announced_on::text as announced_on, note_zh, note_en from public.dataset_versions where dataset_code = $1 order by version',
			[code]
		);
		const named = (table: string) =>
			list<Named>(`select code, name_zh, name_en from public.${table} order by position`);
		const regions = await list<Region>(
			`select code, name_zh, name_en, valid_to::text as valid_to, replaced_by from public.regions
			where level = $1 and code like $2 || '%'`,
			[set.region_level, jurisdiction]
		);
		const superiors = await list<Superior>(
			`select code, name_zh from public.regions
			where length(code) < $1::int and code like $2 || '%' order by code`,
			[set.region_level === 'street' ? '9' : '6', jurisdiction.slice(0, 2)]
		);
		const dataset = {
			...set,
			measures,
			rules,
			versions,
			occupations: await named('occupations'),
			employment_modes: await named('employment_modes')
		};
		return {
			dataset: asOf(dataset, period),
			context: { regions, jurisdiction, superiors, period, organisation_id: '' }
		};
	} finally {
		await client.end();
	}
}

async function databaseUrl(): Promise<string> {
	const file = join(process.env['DATA_DIR'] ?? '.data', 'connection.json');
	try {
		const { database_url } = JSON.parse(await readFile(file, 'utf8')) as { database_url: string };
		return database_url;
	} catch {
		throw new Error(
			`--dataset needs a running instance: start it with npm start (looked for ${file}).`
		);
	}
}
