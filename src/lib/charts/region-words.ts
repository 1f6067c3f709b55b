import { m } from '#lib/paraglide/messages.js';
import { withUnit } from '../ui/format.ts';
import type { RegionFigure } from './regions.ts';
import type { ChartTable } from './table.ts';

/** The regions with most and with least, in one sentence. */
export function extremes(regions: RegionFigure[], unit: string, decimals: number): string {
	const known = regions
		.filter((region) => !region.below && region.value !== null)
		.toSorted((a, b) => b.value! - a.value!);
	const most = known[0];
	const least = known.at(-1);
	if (!most || !least) return m.charts_no_values();
	return m.charts_most_least({
		most: most.name,
		most_value: withUnit(most.value!, unit, decimals),
		least: least.name,
		least_value: withUnit(least.value!, unit, decimals)
	});
}

/** The table behind a map, the most first and what is unknown last. */
export function regionTable(
	regions: RegionFigure[],
	regionLabel: string,
	valueLabel: string,
	unit: string,
	decimals: number
): ChartTable {
	const size = (region: RegionFigure) => (region.below ? -Infinity : (region.value ?? -Infinity));
	return {
		columns: [
			{ key: 'name', label: regionLabel },
			{ key: 'value', label: valueLabel, unit, numeric: true }
		],
		rows: regions
			.toSorted((a, b) => size(b) - size(a) || a.code.localeCompare(b.code))
			.map((region) => ({
				key: region.code,
				cells: { name: region.name, value: { ...region, decimals } }
			}))
	};
}
