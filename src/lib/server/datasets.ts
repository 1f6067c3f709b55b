import {
	asOf,
	byCode,
	type Dataset,
	type Measure,
	type DatedRegion
} from '#lib/datasets/dataset.ts';
import type { Named } from '#lib/kernel/named.ts';
import type { Obligation } from '#lib/submissions/obligation.ts';
import { everyRow, orNotFound, rows, type Db } from '#lib/server/db.ts';
import { remember } from '#lib/server/process/remember.ts';

/** The dataset as it stands in the period of an obligation. */
export async function datasetOf(db: Db, owed: Pick<Obligation, 'dataset_code' | 'period'>) {
	return asOf(await dataset(db, owed.dataset_code), owed.period);
}

/** A dataset with its measures and rules, announced changes too; the same for everybody. */
export function dataset(db: Db, code: string): Promise<Dataset> {
	return remember(db, `dataset ${code}`, () => readDataset(db, code));
}

/** Every dataset of the registry by its name, filed or not. */
export function names(db: Db): Promise<(Named & { code: string })[]> {
	return remember(db, 'datasets', async () =>
		rows(await db.from('datasets').select('code, name_zh, name_en').order('code'))
	);
}

async function readDataset(db: Db, code: string): Promise<Dataset> {
	const [sets, columns, measures, rules, versions, occupations, modes] = await Promise.all([
		db.from('datasets').select('*').eq('code', code),
		db.from('dataset_measures').select('*').eq('dataset_code', code).order('position'),
		db.from('measures').select('code, name_zh, name_en, unit, additive'),
		db
			.from('dataset_rules')
			.select('code, kind, severity, params, message_zh, message_en')
			.eq('dataset_code', code)
			.is('until', null)
			.order('code'),
		db
			.from('dataset_versions')
			.select('version, from_period, announced_on, note_zh, note_en')
			.eq('dataset_code', code)
			.order('version'),
		db.from('occupations').select('code, name_zh, name_en').order('position'),
		db.from('employment_modes').select('code, name_zh, name_en').order('position')
	]);
	const [found] = rows(sets) as Omit<
		Dataset,
		'measures' | 'occupations' | 'employment_modes' | 'rules' | 'versions'
	>[];
	const set = orNotFound(found);
	const named = new Map((rows(measures) as Measure[]).map((measure) => [measure.code, measure]));
	return {
		...set,
		measures: rows(columns).flatMap((column) => {
			const measure = named.get(column.measure_code);
			if (!measure) return [];
			const { value_type, required, decimals, minimum, maximum, since } = column;
			return {
				...measure,
				value_type,
				required,
				decimals,
				since,
				min: minimum,
				max: maximum
			};
		}) as Measure[],
		occupations: rows(occupations),
		employment_modes: rows(modes),
		rules: rows(rules) as Dataset['rules'],
		versions: rows(versions)
	};
}

/** Regions of some levels whose codes begin alike, the withdrawn ones too, so that an old code can be answered with its successor. */
export function regionsOf(db: Db, levels: string[], prefix: string): Promise<DatedRegion[]> {
	return remember(db, `regions of ${levels.join(' ')} ${prefix}`, () =>
		everyRow((from, to) =>
			db
				.from('regions')
				.select('code, name_zh, name_en, valid_to, replaced_by')
				.in('level', levels)
				.like('code', `${prefix}%`)
				.order('code')
				.range(from, to)
		)
	);
}

/** The names behind the codes in a submission's entries, of an organisation with this jurisdiction. */
export async function labels(db: Db, of: Dataset, jurisdiction: string) {
	const places = await regionsOf(db, [of.region_level], jurisdiction);
	return {
		measures: byCode(of.measures),
		regions: byCode(places),
		occupations: byCode(of.occupations),
		modes: byCode(of.employment_modes)
	};
}

/** Names of the regions in which an organisation of this region files a dataset, by code. */
export async function regionNames(db: Db, of: Dataset, organisation: string) {
	return byCode(await regionsOf(db, [of.region_level], await jurisdictionOf(db, organisation)));
}

/** The regions that a dataset's values may be about in a jurisdiction, and what those lie in. */
export async function places(
	db: Db,
	of: Dataset,
	jurisdiction: string
): Promise<{ regions: DatedRegion[]; superiors: DatedRegion[] }> {
	const above = ['province', 'prefecture', ...(of.region_level === 'street' ? ['county'] : [])];
	const [regions, superiors] = await Promise.all([
		regionsOf(db, [of.region_level], jurisdiction),
		regionsOf(db, above, jurisdiction.slice(0, 2))
	]);
	return { regions, superiors };
}

export async function jurisdictionOf(db: Db, organisation: string): Promise<string> {
	const [found] = rows(await db.from('organisations').select('region_code').eq('id', organisation));
	return found?.region_code ?? '';
}
