import type { PeriodLabel, BandPoint, Point, Series } from '#lib/charts/lines.ts';
import { nameOf } from '#lib/kernel/language.ts';
import { hiddenFigure } from '#lib/sharing/hidden.ts';
import { firstDay, lastDay } from '#lib/kernel/period.ts';
import type { Target } from './target-status.ts';

/** A row of `indicator_series`. `hidden` says why a value is not shown. */
export interface SeriesRow {
	period: string;
	scope: 'total' | 'own' | 'organisation';
	organisation_id: string | null;
	name_zh: string | null;
	name_en: string | null;
	numerator: number | null;
	denominator: number | null;
	value: number | null;
	hidden: string | null;
	contributors: number | null;
	expected: number | null;
	accepted_at: string | null;
	definition_version: number;
	/** Of the reader's own row only: how many peers reported, and from five on their quartiles. */
	peers: number | null;
	lower_quartile: number | null;
	median: number | null;
	upper_quartile: number | null;
	rank_band: 'upper' | 'middle' | 'lower' | null;
	/** Of the total's rows only: whether enough of the usual contributors' weight is in. */
	finished: boolean | null;
	/** The share of the usual weight that is in, 0 to 1, as far as the reader is told it. */
	share: number | null;
	/** How many said that they have nothing to report. */
	not_applicable: number | null;
	/** The share of the base that was reported, 0 to 1; null where all of it was. */
	base_share: number | null;
	/** How many cells were not reported of which nobody knows how large they are. */
	cells_unknown: number | null;
	/** Of a longer period that was computed: of how many finished ones, of how many, up to which. */
	parts?: number | null;
	needed?: number | null;
	newest?: string | null;
	/** Since the period before, and since the same period a year earlier, of the same contributors. */
	change: Moved | null;
	year_change: Moved | null;
}

/** What a figure changed by, of those who gave one in both periods, or why nothing is said of it. */
export interface Moved {
	against: string;
	change: number | null;
	/** How many gave a figure in both periods, in the later one only, in the earlier one only. */
	same: number;
	joined: number;
	gone: number;
	hidden:
		| 'nothing_before'
		| 'definition_changed'
		| 'hidden'
		| 'nobody_both'
		| 'few_points'
		| 'others_filed'
		| 'others_between'
		| 'unfinished'
		| null;
}

/** An organisation's line, for those who may see it by name. */
export interface OrganisationLine {
	id: string;
	name_zh: string;
	name_en: string;
	rows: SeriesRow[];
}

export interface SeriesView {
	/** The period the page speaks of: the one asked for, else the newest finished one. */
	period: string | null;
	periods: string[];
	total: SeriesRow[];
	own: SeriesRow[];
	organisations: OrganisationLine[];
}

/** Rows of one indicator and region, sorted into whose they are; oldest first. */
export function seriesView(rows: SeriesRow[], wanted: string | null): SeriesView {
	const inOrder = rows.toSorted((a, b) => firstDay(a.period).localeCompare(firstDay(b.period)));
	const organisations = new Map<string, OrganisationLine>();
	for (const row of inOrder) {
		if (row.scope !== 'organisation' || !row.organisation_id) continue;
		const line = organisations.get(row.organisation_id) ?? {
			id: row.organisation_id,
			name_zh: row.name_zh ?? '',
			name_en: row.name_en ?? '',
			rows: []
		};
		line.rows.push(row);
		organisations.set(row.organisation_id, line);
	}
	const total = inOrder.filter((row) => row.scope === 'total');
	const own = inOrder.filter((row) => row.scope === 'own');
	const periods = [...new Set((total.length ? total : inOrder).map((row) => row.period))];
	return {
		period:
			wanted && periods.includes(wanted)
				? wanted
				: (newestFinished(total) ?? periods.at(-1) ?? null),
		periods,
		total,
		own,
		organisations: [...organisations.values()]
	};
}

/** The newest finished period, as the database decides it; null without one. */
function newestFinished(total: SeriesRow[]): string | null {
	return total.findLast((row) => row.finished)?.period ?? null;
}

/** The row of a period, if there is one. */
export const rowOf = (rows: SeriesRow[], period: string | null): SeriesRow | null =>
	rows.find((row) => row.period === period) ?? null;

/** A line's points as charts take them, each gap with its reason. */
export function points(rows: SeriesRow[], threshold: number): Point[] {
	return rows.map((row) => ({
		period: row.period,
		value: row.value,
		numerator: row.numerator,
		denominator: row.denominator,
		unfinished: row.finished === false,
		...(row.scope === 'total' && { change: row.change?.change ?? null }),
		...hiddenFigure(row.hidden, threshold)
	}));
}

/** The quartiles of peers, without names; only where enough of them report. */
export function peerBand(own: SeriesRow[]): BandPoint[] {
	return own
		.filter((row) => row.median !== null)
		.map((row) => ({
			period: row.period,
			lower: row.lower_quartile,
			median: row.median,
			upper: row.upper_quartile
		}));
}

/** The finished periods in which contributors came or went, with how many. */
export function otherContributors(
	rows: SeriesRow[],
	label: (moved: Moved) => string
): PeriodLabel[] {
	return rows.flatMap(({ period, finished, change }) =>
		finished && change && change.same > 0 && change.joined + change.gone > 0
			? [{ period, label: label(change) }]
			: []
	);
}

/** The first period of every later definition: a line is cut there. */
export function definitionBreaks(
	rows: SeriesRow[],
	label: (version: number) => string
): PeriodLabel[] {
	return rows.flatMap((row, index) => {
		const before = rows[index - 1];
		return before && before.definition_version !== row.definition_version
			? [{ period: row.period, label: label(row.definition_version) }]
			: [];
	});
}

export interface Change {
	from: string;
	value: number;
}

/** The change of one organisation's line since the row before; null across a gap, a hidden figure or a new definition. */
export function changeSince(rows: SeriesRow[], period: string | null): Change | null {
	const index = rows.findIndex((row) => row.period === period);
	const now = rows[index];
	const before = rows[index - 1];
	if (!now || !before || now.value === null || before.value === null) return null;
	if (now.definition_version !== before.definition_version) return null;
	return { from: before.period, value: now.value - before.value };
}

/** The target of every period of a line, where one that stands covers it. */
export function targetLine(
	targets: Target[],
	scope: { region: string; organisation: string | null },
	periods: string[]
): { period: string; value: number }[] {
	const held = targets.filter(
		(one) =>
			one.superseded_at === null &&
			one.region_code === scope.region &&
			one.organisation_id === scope.organisation
	);
	return periods.flatMap((period) => {
		const target = held.find(
			(one) => firstDay(one.period) <= firstDay(period) && lastDay(period) <= lastDay(one.period)
		);
		return target ? [{ period, value: target.value }] : [];
	});
}

/** Organisations chosen for comparison as lines of their own, at most five. */
export function comparedLines(
	organisations: OrganisationLine[],
	chosen: string[],
	threshold: number
): Series[] {
	return organisations
		.filter(({ id }) => chosen.includes(id))
		.slice(0, 5)
		.map((line) => ({ key: line.id, name: nameOf(line), points: points(line.rows, threshold) }));
}
