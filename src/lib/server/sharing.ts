import {
	keyFigures,
	registryRows,
	type KeyFigureCard,
	type OverviewRow
} from '#lib/indicators/overview.ts';
import { grouped, type IndicatorList, type RegistryRow } from '#lib/indicators/registry.ts';
import { seriesView, type SeriesRow, type SeriesView } from '#lib/indicators/series.ts';
import { askedOf, type Listed } from '#lib/kernel/list.ts';
import type { Region } from '#lib/kernel/named.ts';
import type { Link } from '#lib/links/link.ts';
import type { Judged, Target } from '#lib/indicators/target-status.ts';
import type { RevisedPeriod } from '#lib/revisions/revision.ts';
import type { District } from '#lib/sharing/districts.ts';
import { jsonOf, rows, type Db } from '#lib/server/db.ts';
import * as indicators from '#lib/server/indicators.ts';
import { remember, rememberFor } from '#lib/server/process/remember.ts';
import { eachWritten, written } from '#lib/ui/written.ts';

/** An indicator's figures for one region of the council, as far as the reader may see them. */
export async function series(
	db: Db,
	council: string,
	indicator: string,
	window: { region?: string | null; since?: string; until?: string }
): Promise<SeriesRow[]> {
	return rows(
		await db.rpc('indicator_series', {
			council,
			indicator,
			region: window.region ?? undefined,
			since: window.since,
			until: window.until
		})
	) as SeriesRow[];
}

/** The same by quarter, half_year or year, of periods that were not filed themselves. */
export async function longerSeries(
	db: Db,
	council: string,
	indicator: string,
	frequency: string,
	window: { region?: string | null; since?: string; until?: string }
): Promise<SeriesRow[]> {
	return jsonOf<SeriesRow[]>(
		await db.rpc('longer_series', {
			council,
			indicator,
			frequency,
			region: window.region ?? undefined,
			since: window.since,
			until: window.until
		})
	);
}

/** Every indicator with figures: the newest, its trend, target, completeness and freshness. */
export async function overview(db: Db, council: string): Promise<OverviewRow[]> {
	return jsonOf<OverviewRow[]>(await db.rpc('council_overview', { council }));
}

/** A page of the registry with its newest figures in a council, in one call; without a council only the registry. */
export function registryPage(
	db: Db,
	id: string | null,
	list: IndicatorList
): Promise<RegistryPage> {
	const asked = askedOf(list);
	return rememberFor('acting', db, `registry ${id} ${JSON.stringify(asked)}`, async () => {
		const [registry, answer] = await Promise.all([
			indicators.registry(db),
			db.rpc('indicators_page', { council: id as string, list: asked })
		]);
		const found = jsonOf<
			Pick<RegistryPage, 'council' | 'total' | 'own'> & {
				rows: string[];
				cards: string[];
				overview: OverviewRow[];
			}
		>(answer);
		const known = new Map(registry.map((one) => [one.code, one]));
		const those = (codes: string[]) => codes.flatMap((code) => known.get(code) ?? []);
		return {
			council: found.council,
			cards: eachWritten(keyFigures(those(found.cards), found.overview)),
			rows: eachWritten(registryRows(those(found.rows), found.overview)),
			total: found.total,
			groups: written(
				grouped(registry).map(({ code, name_zh, name_en }) => ({ code, name_zh, name_en }))
			),
			own: found.own
		};
	});
}

type RegistryPage = Listed<RegistryRow> & {
	council: Council | null;
	/** The key figures, those with a target first. */
	cards: KeyFigureCard[];
	/** Every group of the registry. */
	groups: { code: string; name_zh: string; name_en: string }[];
	/** Whether the reader's own organisation has figures. */
	own: boolean;
};

/** The figures of an indicator in a council, as far as the reader may see them. */
export type Figures = {
	council: Council | null;
	/** The whole, the reader's own and organisations by name, and the period spoken of. */
	series: SeriesView;
	/** Whether anybody gave a figure, also where none can be added up. */
	filed: boolean;
	/** The frequency of what is filed, and the one that the series has. */
	filed_by: string | null;
	frequency: string | null;
	/** The figure by which the target is judged, where its period is longer than the one spoken of. */
	judged: Judged | null;
	/** In the period spoken of. */
	districts: District[];
	targets: Target[];
	links: Link[];
	revised: RevisedPeriod[];
};

type Asked = {
	region: string | null;
	since: string;
	period: string | null;
	frequency: string | null;
};

/** An indicator's figures with what was decided and changed about them, in one call. Refusals: council_not_found. */
export function figures(
	db: Db,
	council: string,
	indicator: string,
	{ region, since, period, frequency }: Asked
): Promise<Figures> {
	const key = ['figures', council, indicator, region, since, period, frequency].join(' ');
	return rememberFor('acting', db, key, async () => {
		const found = jsonOf<Omit<Figures, 'series'> & { series: SeriesRow[]; period: string | null }>(
			await db.rpc('indicator_page', {
				council,
				indicator,
				region: region ?? undefined,
				since,
				period: period ?? undefined,
				frequency: frequency ?? undefined
			})
		);
		return {
			council: found.council,
			filed: found.filed,
			filed_by: found.filed_by,
			frequency: found.frequency,
			judged: found.judged && written(found.judged),
			series: written(seriesView(found.series, found.period)),
			districts: written(found.districts),
			targets: written(found.targets),
			links: written(found.links),
			revised: written(found.revised)
		};
	});
}

export type Council = {
	id: string;
	name_zh: string;
	name_en: string;
	region_code: string;
	is_demo: boolean;
};

/** The reader's council, or null where they have none. */
export async function council(db: Db, id: string | null): Promise<Council | null> {
	if (!id) return null;
	const found = rows(
		await db.from('councils').select('id,name_zh,name_en,region_code,is_demo').eq('id', id)
	) as Council[];
	return found[0] ?? null;
}

/** The counties of a region, by the beginning of their code. */
export function counties(db: Db, prefix: string): Promise<Region[]> {
	return remember(db, `counties/${prefix}`, async () =>
		written(
			rows(
				await db
					.from('regions')
					.select('code,name_zh,name_en')
					.eq('level', 'county')
					.eq('in_gb2260', true)
					.is('valid_to', null)
					.like('code', `${prefix}%`)
					.order('code')
			)
		)
	);
}

/** Names of regions, by code. */
export async function regionNames(db: Db, codes: string[]): Promise<Map<string, Region>> {
	const wanted = [...new Set(codes)].sort();
	if (!wanted.length) return new Map();
	const found = await remember(
		db,
		`regions/${wanted.join()}`,
		async () =>
			rows(await db.from('regions').select('code,name_zh,name_en').in('code', wanted)) as Region[]
	);
	return new Map(found.map((region) => [region.code, region]));
}
