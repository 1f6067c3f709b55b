import { firstDay, frequencyOf, lastDay } from '#lib/kernel/period.ts';
import type { Observation } from '#lib/api/schemas.ts';
import { orNotFound, type Db } from '#lib/server/db.ts';
import * as indicators from '#lib/server/indicators.ts';
import * as sharing from '#lib/server/sharing.ts';

type Wanted = { indicator: string; period: string; region?: string | undefined };

/**
 * An indicator in one period and region, through the guarded read that the page uses.
 * Refusals: not_found, council_not_found.
 */
export async function observations(
	db: Db,
	acting: App.Acting,
	{ indicator, period, region }: Wanted
): Promise<Observation[]> {
	const [known, council] = await Promise.all([
		indicators.find(db, indicator),
		sharing.council(db, acting.council_id)
	]);
	orNotFound(known);
	const { id, region_code } = orNotFound(council, 'council_not_found');

	const day = firstDay(period);
	const place = region ?? region_code;
	const window = { region: place, since: day, until: day };
	const filed = await sharing.series(db, id, indicator, window);
	const found = filed.some((row) => row.period === period) ? filed : await longer();
	// A quarter that was not filed itself is computed; nothing makes a month.
	function longer() {
		const frequency = frequencyOf(period);
		const window = { region: place, since: day, until: lastDay(period) };
		return frequency === 'month' ? [] : sharing.longerSeries(db, id, indicator, frequency, window);
	}
	// A month, a quarter and a year may begin on the same day.
	return found
		.filter((row) => row.period === period)
		.map((row) => ({
			indicator,
			period,
			region: place,
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
			definition_version: row.definition_version
		}));
}

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
	'definition_version'
] as const satisfies (keyof Observation)[];

/** Observations as rows of a CSV file, its header first. */
export function asTable(found: Observation[]): (string | number | boolean | null)[][] {
	return [[...columns], ...found.map((one) => columns.map((column) => one[column]))];
}
