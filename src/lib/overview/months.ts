import { continuous } from '#lib/kernel/period.ts';
import { spreadOf } from './spread.ts';
import type { MonthCell, OverviewRow } from './overview.ts';

/** A county's figures over time, drawn small: all of an indicator on one scale. */
export interface Multiple {
	code: string;
	/** Path data of the finished periods; a period without a figure, or of another definition, is a gap. */
	line: string;
	/** From the newest finished period to those after it, which are unfinished. */
	dashed: string;
	points: { x: number; y: number; period: string; value: number; finished: boolean }[];
	/** The newest finished figure, or why there is none. */
	newest: MonthCell | null;
	/** How much its finished figures of one definition vary from period to period. */
	spread: number | null;
}

export interface Multiples {
	periods: string[];
	/** The ends of the scale. */
	low: number;
	high: number;
	/** Worst first, where the indicator has a better side; else in the order of the counties. */
	multiples: Multiple[];
}

/** Shapes an indicator's county figures into small lines in a box of this size, with a margin around. */
export function multiplesOf(
	counties: string[],
	cells: MonthCell[],
	direction: OverviewRow['direction'],
	{ width, height, margin }: { width: number; height: number; margin: number }
): Multiples {
	const periods = continuous(cells.map((cell) => cell.period));
	const values = cells.flatMap((cell) => (cell.value === null ? [] : [cell.value]));
	const low = Math.min(...values);
	const high = Math.max(...values);
	const round = (n: number) => Math.round(n * 10) / 10;
	const x = (index: number) =>
		round(margin + (index * (width - 2 * margin)) / Math.max(1, periods.length - 1));
	const y = (value: number) =>
		round(
			high > low
				? height - margin - ((value - low) / (high - low)) * (height - 2 * margin)
				: height / 2
		);

	const known = Map.groupBy(cells, (cell) => cell.of);
	const multiples = counties.map((code) => {
		const own = new Map((known.get(code) ?? []).map((cell) => [cell.period, cell]));
		const line: string[] = [];
		const dashed: string[] = [];
		const points: Multiple['points'] = [];
		let before: { at: string; version: number; finished: boolean } | null = null;
		for (const [index, period] of periods.entries()) {
			const cell = own.get(period);
			if (cell?.value == null) {
				before = null;
				continue;
			}
			const at = `${x(index)} ${y(cell.value)}`;
			const follows = before?.version === cell.version;
			const solid = follows && cell.finished && before!.finished;
			if (solid) line.push(`L${at}`);
			else {
				if (follows) dashed.push(`M${before!.at}L${at}`);
				if (cell.finished) line.push(`M${at}`);
			}
			points.push({
				x: x(index),
				y: y(cell.value),
				period,
				value: cell.value,
				finished: cell.finished
			});
			before = { at, version: cell.version, finished: cell.finished };
		}
		const newest =
			[...own.values()].findLast((cell) => cell.finished) ?? [...own.values()].at(-1) ?? null;
		const alike = [...own.values()].filter(
			(cell) => cell.finished && cell.value !== null && cell.version === newest?.version
		);
		return {
			code,
			line: line.join(''),
			dashed: dashed.join(''),
			points,
			newest,
			spread: spreadOf(alike.map((cell) => cell.value!))
		};
	});
	return { periods, low, high, multiples: inOrder(multiples, direction) };
}

function inOrder(multiples: Multiple[], direction: OverviewRow['direction']): Multiple[] {
	if (direction !== 'higher' && direction !== 'lower') return multiples;
	const sign = direction === 'higher' ? 1 : -1;
	const of = ({ newest }: Multiple) => (newest?.value == null ? Infinity : sign * newest.value);
	return multiples.toSorted((a, b) => of(a) - of(b));
}
