import type { Indicator, Measure, Term, Unit } from '#lib/indicators/registry.ts';
import type { PublicSeries, PublicSeriesCard, Reference } from '#lib/indicators/published.ts';
import { rows, type Db } from '#lib/server/db.ts';
import { remember } from '#lib/server/process/remember.ts';
import { eachWritten, written } from '#lib/ui/written.ts';

const card =
	'code,group_code,group_zh,group_en,position,name_zh,name_en,unit,decimals,direction,frequency,reported_by,breakdowns,legal_source_zh,legal_source_en,tier,suppression_threshold,owner_zh,owner_en,caveats_zh,caveats_en,note_zh,note_en';

type DefinitionRow = Omit<Indicator['definitions'][number], 'terms'> & { indicator_code: string };
type TermRow = {
	indicator_code: string;
	version: number;
	part: Term['part'];
	measure_code: string;
	weight: number;
};

/** Every unit, by its code. */
function units(db: Db): Promise<Map<string, Unit>> {
	return remember(db, 'units', async () => {
		const found = await db.from('units').select('code,name_zh,name_en,symbol_zh,symbol_en');
		return new Map((rows(found) as Unit[]).map((unit) => [unit.code, unit]));
	});
}

/** Every indicator with its unit and its definitions, in the registry's order. */
export function registry(db: Db): Promise<Indicator[]> {
	return remember(db, 'registry', async () => {
		const [cards, unitOf, definitions, terms, measures] = await Promise.all([
			db.from('indicators').select(card).order('position').order('code'),
			units(db),
			db.from('indicator_definitions').select('*').order('version', { ascending: false }),
			db.from('definition_terms').select('indicator_code,version,part,measure_code,weight'),
			db
				.from('measures')
				.select('code,name_zh,name_en,additive,counts_persons,description_zh,description_en')
		]);
		const measureOf = new Map((rows(measures) as Measure[]).map((one) => [one.code, one]));
		const termsOf = Map.groupBy(rows(terms) as TermRow[], (term) =>
			key(term.indicator_code, term.version)
		);
		const definitionsOf = Map.groupBy(
			rows(definitions) as DefinitionRow[],
			(definition) => definition.indicator_code
		);
		const listed = rows(cards) as (Omit<Indicator, 'unit'> & { unit: string })[];
		return eachWritten(
			listed.map((one) => ({
				...one,
				unit: unitOf.get(one.unit) ?? noUnit,
				definitions: (definitionsOf.get(one.code) ?? []).map((definition) => ({
					...definition,
					terms: (termsOf.get(key(one.code, definition.version)) ?? []).map((term) => ({
						part: term.part,
						weight: term.weight,
						measure: measureOf.get(term.measure_code)!
					}))
				}))
			}))
		);
	});
}

const key = (code: string, version: number) => `${code}/${version}`;
const noUnit: Unit = { code: '', name_zh: '', name_en: '', symbol_zh: '', symbol_en: '' };

/** One indicator, or null. */
export async function find(db: Db, code: string): Promise<Indicator | null> {
	return (await registry(db)).find((indicator) => indicator.code === code) ?? null;
}

/** Published single figures about an indicator; those that disagree are all there. */
function references(db: Db, code: string): Promise<Reference[]> {
	return remember(db, `references/${code}`, async () => {
		const [found, known] = await Promise.all([
			db
				.from('reference_values')
				.select('*')
				.eq('indicator_code', code)
				.order('period', { ascending: false })
				.order('id'),
			units(db)
		]);
		return written(
			(rows(found) as (Omit<Reference, 'unit'> & { unit: string | null })[]).map((one) => ({
				...one,
				unit: known.get(one.unit ?? '') ?? null
			}))
		);
	});
}

/** Every public series without its values, in their order. */
export function publicSeriesList(db: Db): Promise<PublicSeriesCard[]> {
	return remember(db, 'series', async () => {
		const [found, known] = await Promise.all([
			db.from('public_series').select('*').order('position').order('code'),
			units(db)
		]);
		return (rows(found) as (Omit<PublicSeriesCard, 'unit'> & { unit: string })[]).map((one) => ({
			...one,
			unit: known.get(one.unit) ?? { ...noUnit, symbol_zh: one.unit, symbol_en: one.unit }
		}));
	});
}

/** One public series with its values and breaks, or null. */
export async function publicSeries(db: Db, code: string): Promise<PublicSeries | null> {
	const series = (await publicSeriesList(db)).find((one) => one.code === code);
	if (!series) return null;
	return remember(db, `series/${code}`, async () => {
		const [observations, breaks] = await Promise.all([
			db
				.from('public_observations')
				.select('period,entity_zh,entity_en,entity_code,value,value_text,basis,source,note')
				.eq('series_code', code)
				.order('period')
				.order('entity_zh')
				.limit(5000),
			db
				.from('series_breaks')
				.select('period,reason_zh,reason_en')
				.eq('series_code', code)
				.order('period')
		]);
		return written({
			...series,
			observations: rows(observations),
			breaks: rows(breaks)
		});
	});
}

/** Published figures and series of an indicator. */
export async function published(db: Db, code: string) {
	const [single, listed] = await Promise.all([references(db, code), publicSeriesList(db)]);
	const series = await Promise.all(
		listed.filter((one) => one.indicator_code === code).map((one) => publicSeries(db, one.code))
	);
	return { references: single, series: series.filter((one) => one !== null) };
}
