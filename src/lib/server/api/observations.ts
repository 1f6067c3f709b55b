import { firstDay, frequencyOf, lastDay } from '#lib/kernel/period.ts';
import type { Group } from '#lib/indicators/groups.ts';
import type { Observation } from '#lib/api/schemas.ts';
import { orNotFound, type Db } from '#lib/server/db.ts';
import * as indicators from '#lib/server/indicators.ts';
import * as sharing from '#lib/server/sharing.ts';

type Wanted = {
	indicator: string;
	period: string;
	region?: string | undefined;
	by?: Group['dimension'] | undefined;
};

/**
 * An indicator in one period and region, through the guarded reads that the page uses; with `by` also its groups.
 * Refusals: not_found, council_not_found.
 */
export async function observations(
	db: Db,
	acting: App.Acting,
	{ indicator, period, region, by }: Wanted
): Promise<Observation[]> {
	const [known, council] = await Promise.all([
		indicators.find(db, indicator),
		sharing.council(db, acting.council_id)
	]);
	const { note_zh, note_en } = orNotFound(known);
	const { id, region_code } = orNotFound(council, 'council_not_found');

	const day = firstDay(period);
	const place = region ?? region_code;
	const window = { region: place, since: day, until: day };
	const [filed, groups] = await Promise.all([
		sharing.series(db, id, indicator, window),
		by ? sharing.groups(db, id, indicator, { period, region: place }) : []
	]);
	const found = filed.some((row) => row.period === period) ? filed : await longer();
	const of = { indicator, period, region: place, note_zh, note_en };
	// A quarter that was not filed itself is computed; nothing makes a month.
	function longer() {
		const frequency = frequencyOf(period);
		const window = { region: place, since: day, until: lastDay(period) };
		return frequency === 'month' ? [] : sharing.longerSeries(db, id, indicator, frequency, window);
	}
	// A month, a quarter and a year may begin on the same day.
	const rows = found.filter((row) => row.period === period);
	const definition_version = rows[0]?.definition_version ?? 1;
	return [
		...rows.map((row) => ({
			...of,
			scope: row.scope,
			organisation_id: row.organisation_id,
			organisation_zh: row.name_zh,
			organisation_en: row.name_en,
			value: row.value,
			numerator: row.numerator,
			denominator: row.denominator,
			hidden: row.hidden,
			contributors: row.contributors,
			expected: row.expected,
			not_applicable: row.not_applicable,
			base_share: row.base_share,
			cells_unknown: row.cells_unknown,
			share: row.share,
			finished: row.finished,
			change: row.change?.change ?? null,
			change_of: row.change?.same ?? null,
			year_change: row.year_change?.change ?? null,
			year_change_of: row.year_change?.same ?? null,
			definition_version: row.definition_version,
			...noGroup
		})),
		...groups
			.filter(({ dimension }) => dimension === by)
			.map((group) => ({ ...of, ...inGroup(group), definition_version }))
	];
}

const noGroup = {
	group: null,
	group_zh: null,
	group_en: null,
	group_share: null,
	own_value: null,
	kept_on: null
};

/** A group as an observation: what is known of totals only is not said of it. */
const inGroup = (group: Group) => ({
	scope: group.dimension,
	organisation_id: null,
	organisation_zh: null,
	organisation_en: null,
	value: group.value,
	numerator: group.numerator,
	denominator: group.denominator,
	hidden: group.hidden,
	contributors: group.contributors,
	expected: null,
	not_applicable: null,
	base_share: null,
	cells_unknown: null,
	share: null,
	finished: null,
	change: null,
	change_of: null,
	year_change: null,
	year_change_of: null,
	group: group.group_code,
	group_zh: group.name_zh,
	group_en: group.name_en,
	group_share: group.share,
	own_value: group.own_value,
	kept_on: group.kept_on
});

const columns = [
	'indicator',
	'period',
	'region',
	'scope',
	'organisation_id',
	'organisation_zh',
	'organisation_en',
	'value',
	'numerator',
	'denominator',
	'hidden',
	'contributors',
	'expected',
	'not_applicable',
	'base_share',
	'cells_unknown',
	'share',
	'finished',
	'change',
	'change_of',
	'year_change',
	'year_change_of',
	'definition_version',
	'note_zh',
	'note_en',
	'group',
	'group_zh',
	'group_en',
	'group_share',
	'own_value',
	'kept_on'
] as const satisfies (keyof Observation)[];

/** Observations as rows of a CSV file, its header first. */
export function asTable(found: Observation[]): (string | number | boolean | null)[][] {
	return [[...columns], ...found.map((one) => columns.map((column) => one[column]))];
}
