import { period, type Figure } from '../ui/format.ts';
import type { Column } from '#lib/list/table.ts';
import type { Series } from './lines.ts';

/** The table behind a chart: words, or figures that may be missing or hidden. */
export interface ChartTable {
	columns: Column[];
	rows: { key: string; cells: Record<string, string | (Figure & { decimals?: number })> }[];
}

/** Periods down, newest first, series across, with the counts behind a rate where a series has them. */
export function seriesTable(
	series: Series[],
	periods: string[],
	words: {
		period: string;
		numerator: string;
		denominator: string;
		missing: string;
		unfinished: string;
	},
	unit: string,
	decimals: number
): ChartTable {
	const withCounts =
		series.length === 1 && series[0]!.points.some((point) => point.denominator != null);
	return {
		columns: [
			{ key: 'period', label: words.period },
			...series.map(({ key, name }) => ({ key, label: name, unit, numeric: true })),
			...(withCounts
				? [
						{ key: ' numerator', label: words.numerator, numeric: true },
						{ key: ' denominator', label: words.denominator, numeric: true }
					]
				: [])
		],
		rows: periods.toReversed().map((code) => {
			const unfinished = series.some(({ points }) =>
				points.some((point) => point.period === code && point.unfinished)
			);
			const cells: ChartTable['rows'][number]['cells'] = {
				period: period(code) + (unfinished ? ` · ${words.unfinished}` : '')
			};
			for (const { key, points } of series) {
				const point = points.find((one) => one.period === code);
				cells[key] = point ? { ...point, decimals } : { value: null, reason: words.missing };
				if (withCounts) {
					cells[' numerator'] = { value: point?.numerator ?? null, reason: words.missing };
					cells[' denominator'] = { value: point?.denominator ?? null, reason: words.missing };
				}
			}
			return { key: code, cells };
		})
	};
}
