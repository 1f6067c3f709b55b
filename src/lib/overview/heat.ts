import type { OverviewCell, OverviewRow } from './overview.ts';

/** Of figures that differ by less than this share of the largest, the strongest shade would exaggerate. */
const LEAST_SPAN = 0.1;

/**
 * How strongly a figure of a row is shaded, from 1 (best) to 5 (worst): the worse the stronger. Null for indicators that
 * have no better side, and where there is nothing to compare.
 */
export function shades(
	values: number[],
	direction: OverviewRow['direction']
): ((value: number) => number) | null {
	if (values.length < 2 || (direction !== 'higher' && direction !== 'lower')) return null;
	const best = direction === 'higher' ? Math.max(...values) : Math.min(...values);
	const worst = direction === 'higher' ? Math.min(...values) : Math.max(...values);
	const least = LEAST_SPAN * Math.max(...values.map(Math.abs));
	const span = Math.max(Math.abs(worst - best), least);
	if (span === 0) return null;
	return (value) => 1 + Math.min(4, Math.floor((Math.abs(value - best) / span) * 5));
}

/** What stands in a cell: a figure, or why there is none. */
export interface HeatCell {
	value: number | null;
	/** `protected`: another organisation's, which the reader may not see. */
	hidden: string | null;
	shade: number | null;
	finished: boolean;
}

/** A line of a heat map: an indicator, with a cell for every column. */
export interface HeatLine {
	row: OverviewRow;
	cells: HeatCell[];
}

/**
 * The lines of a heat map, indicators down and counties or organisations across; an indicator of which no cell is known is
 * left out. `readable`: of which columns the reader may read; all others are protected, whatever they hold.
 */
export function heatLines(
	rows: OverviewRow[],
	columns: string[],
	cells: OverviewCell[],
	readable: (column: string) => boolean = () => true
): HeatLine[] {
	const known = new Map(cells.map((cell) => [`${cell.code} ${cell.of}`, cell]));
	return rows.flatMap((row) => {
		const found = columns.map((column) => known.get(`${row.code} ${column}`));
		const values = found.flatMap((cell) => (cell?.value != null ? [cell.value] : []));
		if (!found.some(Boolean)) return [];
		const shade = shades(values, row.direction);
		return [
			{
				row,
				cells: found.map((cell, at) => ({
					value: cell?.value ?? null,
					hidden: readable(columns[at]!)
						? cell?.value != null
							? null
							: (cell?.hidden ?? 'no_data')
						: 'protected',
					shade: cell?.value != null ? (shade?.(cell.value) ?? null) : null,
					finished: cell?.finished ?? true
				}))
			}
		];
	});
}
