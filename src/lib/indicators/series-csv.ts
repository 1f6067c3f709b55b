import { inLanguage, nameOf } from '#lib/kernel/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { hiddenWord, protection } from '#lib/sharing/hidden.ts';
import { inventedNote, type Invented } from '#lib/sharing/invented.ts';
import { divisionTitle, groupName, type Group } from './groups.ts';
import type { Indicator } from './registry.ts';
import type { SeriesRow } from './series.ts';

type Cell = string | number | null;

interface About {
	indicator: Indicator;
	/** The region in words. */
	place: string;
	council: string;
	/** Whose figures they are. */
	of: Invented;
	/** Whether the reader sees exact figures. */
	exact: boolean;
	/** The period of the groups: the one that the page speaks of. */
	period: string | null;
	/** Today, `2026-03-31`. */
	today: string;
}

/**
 * The table of an indicator page as rows of a CSV file, and below them its groups: what the page shows the same reader, never more. On top, as
 * `notes`, stand the indicator, the threshold and the source, so that they travel with the figures.
 */
export function seriesCsv(
	rows: SeriesRow[],
	groups: Group[],
	about: About
): { notes: Cell[][]; lines: Cell[][] } {
	const { indicator } = about;
	const threshold = indicator.suppression_threshold;
	const notes = [
		...inventedNote(about.of).map((note) => [m.shell_demo(), note]),
		[m.indicators_csv_indicator(), `${indicator.code} ${nameOf(indicator)}`],
		[m.indicators_csv_scope(), about.place],
		[m.indicators_unit(), inLanguage(indicator.unit, 'symbol')],
		...[inLanguage(indicator, 'note')].filter(Boolean).map((note) => [m.indicators_beside(), note]),
		[m.indicators_csv_threshold(), protection(threshold, about.exact)],
		[
			m.indicators_csv_source(),
			m.indicators_csv_source_text({ council: about.council, date: about.today })
		],
		[]
	];
	const lines = [
		[
			m.indicators_period(),
			m.indicators_organisation(),
			m.indicators_value(),
			m.indicators_numerator(),
			m.indicators_denominator(),
			m.indicators_csv_hidden(),
			m.indicators_csv_contributors(),
			m.indicators_csv_expected(),
			m.indicators_csv_finished(),
			m.indicators_csv_share(),
			m.indicators_csv_not_applicable(),
			m.indicators_csv_base_share(),
			m.indicators_csv_cells_unknown(),
			m.indicators_csv_change(),
			m.indicators_csv_year_change(),
			m.indicators_csv_version(),
			m.indicators_csv_peers(),
			m.indicators_csv_lower(),
			m.indicators_csv_median(),
			m.indicators_csv_upper(),
			m.indicators_groups_share()
		],
		...rows.map((row) => [
			row.period,
			row.scope === 'total'
				? m.indicators_csv_total()
				: nameOf({ name_zh: row.name_zh ?? '', name_en: row.name_en }),
			row.value,
			row.numerator,
			row.denominator,
			row.hidden ? hiddenWord(row.hidden, threshold) : '',
			row.contributors,
			row.expected,
			row.finished === null ? null : row.finished ? m.indicators_yes() : m.indicators_no(),
			row.share,
			row.not_applicable,
			row.base_share,
			row.cells_unknown || null,
			row.change?.change ?? null,
			row.year_change?.change ?? null,
			row.definition_version,
			row.peers,
			row.lower_quartile,
			row.median,
			row.upper_quartile,
			null
		]),
		...groups.map((group) => [
			about.period,
			`${divisionTitle(group.dimension)} · ${groupName(group)}`,
			group.value,
			group.numerator,
			group.denominator,
			group.hidden ? hiddenWord(group.hidden, threshold) : '',
			group.contributors,
			...Array<null>(13).fill(null),
			group.share
		])
	];
	return { notes, lines };
}
