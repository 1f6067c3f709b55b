import { continuous } from '#lib/kernel/period.ts';

export interface Point {
	period: string;
	value: number | null;
	/** Why there is no value, in words. */
	reason?: string | null;
	/** Hidden because fewer than this many were counted. */
	below?: number | null;
	numerator?: number | null;
	denominator?: number | null;
	/** Not everybody has filed: drawn hollow, joined by dashes, never spoken of as the latest. */
	unfinished?: boolean;
	/** What it changed by, where the difference to the point before is not that. */
	change?: number | null;
}

export interface Series {
	key: string;
	name: string;
	points: Point[];
}

/** Quartiles of a period among others of the same kind, without names. */
export interface BandPoint {
	period: string;
	lower: number | null;
	median: number | null;
	upper: number | null;
}

/** Something that happened at a period: a change of definition, a decision. */
export interface PeriodLabel {
	period: string;
	label: string;
}

export interface LineInput {
	series: Series[];
	/** One target for all periods, or one that changes. */
	target?: number | { period: string; value: number }[] | null;
	band?: BandPoint[];
	/** The definition changed as of this period: the line is cut before it. */
	breaks?: PeriodLabel[];
	events?: PeriodLabel[];
	/** Contributors came or went: a small mark on the axis. */
	others?: PeriodLabel[];
}

interface Line {
	key: string;
	name: string;
	values: (number | null)[];
	/** Of each value, whether it is unfinished. */
	hollow: boolean[];
	/** Of each value, what it changed by; undefined: the difference to the one before. */
	changes: (number | null | undefined)[];
}

export interface LineShape {
	periods: string[];
	lines: Line[];
	target: (number | null)[] | null;
	band: { lower: (number | null)[]; median: (number | null)[]; upper: (number | null)[] } | null;
	/** The index before which the line is cut, with what changed. */
	breaks: { index: number; label: string }[];
	events: { index: number; label: string }[];
	others: { index: number; label: string }[];
}

/** Rows of several series as columns over one unbroken axis of periods; what is missing is null, a gap. */
export function lineShape({ series, target, band, breaks, events, others }: LineInput): LineShape {
	const periods = continuous([
		...series.flatMap((one) => one.points.map((point) => point.period)),
		...(band ?? []).map((point) => point.period)
	]);
	const place = new Map(periods.map((period, index) => [period, index]));
	const columnOf = <T extends { period: string }, V>(
		points: T[],
		value: (point: T) => V,
		none: V
	) => {
		const values: V[] = periods.map(() => none);
		for (const point of points) {
			const index = place.get(point.period);
			if (index !== undefined) values[index] = value(point);
		}
		return values;
	};
	const column = <T extends { period: string }>(points: T[], value: (point: T) => number | null) =>
		columnOf(points, value, null);
	const placed = (list: PeriodLabel[] = []) =>
		list.flatMap(({ period, label }) => {
			const index = place.get(period);
			return index === undefined ? [] : [{ index, label }];
		});

	return {
		periods,
		lines: series.map(({ key, name, points }) => ({
			key,
			name,
			values: column(points, (point) => (point.below ? null : point.value)),
			hollow: columnOf(points, (point) => Boolean(point.unfinished), false),
			changes: columnOf(points, (point) => point.change, undefined)
		})),
		target:
			target === null || target === undefined
				? null
				: typeof target === 'number'
					? periods.map(() => target)
					: column(target, (point) => point.value),
		band: band?.length
			? {
					lower: column(band, (point) => point.lower),
					median: column(band, (point) => point.median),
					upper: column(band, (point) => point.upper)
				}
			: null,
		breaks: placed(breaks),
		events: placed(events),
		others: placed(others)
	};
}

export interface Latest {
	period: string;
	value: number;
	/** Since the period before; null where there is none, or the two cannot be compared. */
	change: number | null;
	target: number | null;
}

/** The newest finished value of one line, else its newest, and what may be said about it. */
export function latest(shape: LineShape, line = 0): Latest | null {
	const { values = [], hollow = [], changes = [] } = shape.lines[line] ?? {};
	const index = newestIndex(values, hollow);
	const value = values[index];
	const period = shape.periods[index];
	if (value === null || value === undefined || period === undefined) return null;
	const before = values[index - 1];
	const cut = shape.breaks.some(({ index: at }) => at === index);
	return {
		period,
		value,
		change:
			changes[index] !== undefined
				? changes[index]
				: before === null || before === undefined || cut
					? null
					: value - before,
		target: shape.target?.[index] ?? null
	};
}

/** The place of the newest value that is not hollow, else of the newest; -1 where there is none. */
export function newestIndex(values: (number | null)[], hollow: boolean[]): number {
	const finished = values.findLastIndex((value, at) => value !== null && !hollow[at]);
	return finished >= 0 ? finished : values.findLastIndex((value) => value !== null);
}
