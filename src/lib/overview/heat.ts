import type { OverviewCell, OverviewOrganisation, OverviewRow } from './overview.ts';

/** Of figures that differ by less than this share of the largest, the strongest shade would exaggerate. */
const LEAST_SPAN = 0.1;

/**
 * How strongly a figure of a row is shaded, from 1 (best) to 5 (worst): the worse the stronger. Null for indicators that
 * have no better side, for counts, which say how large somebody is, and where there is nothing to compare.
 */
export function shades(
	values: number[],
	{ direction, counts }: Pick<OverviewRow, 'direction' | 'counts'>
): ((value: number) => number) | null {
	if (counts || values.length < 2 || (direction !== 'higher' && direction !== 'lower')) return null;
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
		// Nothing is said of what is unfinished, and nothing measured by it.
		const settled = (cell: OverviewCell | undefined) =>
			cell?.value != null && cell.finished !== false ? cell.value : null;
		const values = found.flatMap((cell) => settled(cell) ?? []);
		if (!found.some(Boolean)) return [];
		const shade = shades(values, row);
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
					shade: settled(cell) === null ? null : (shade?.(settled(cell)!) ?? null),
					finished: cell?.finished ?? true
				}))
			}
		];
	});
}

/** The heat map of the organisations of a kind. */
export interface KindMap {
	kind: string;
	of: OverviewOrganisation[];
	lines: HeatLine[];
}

/** A heat map for each kind of which the reader may read one: what kinds are asked for has nothing in common. */
export function kindMaps(
	rows: OverviewRow[],
	organisations: OverviewOrganisation[],
	cells: OverviewCell[]
): KindMap[] {
	return [...Map.groupBy(organisations, ({ kind }) => kind)].flatMap(([kind, of]) => {
		const readable = new Set(of.flatMap((one) => (one.readable ? [one.id] : [])));
		const columns = of.map(({ id }) => id);
		const lines = heatLines(rows, columns, cells, (id) => readable.has(id));
		return lines.length ? [{ kind, of, lines }] : [];
	});
}
