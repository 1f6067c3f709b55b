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
}

export interface LineShape {
	periods: string[];
	lines: { key: string; name: string; values: (number | null)[] }[];
	target: (number | null)[] | null;
	band: { lower: (number | null)[]; median: (number | null)[]; upper: (number | null)[] } | null;
	/** The index before which the line is cut, with what changed. */
	breaks: { index: number; label: string }[];
	events: { index: number; label: string }[];
}

/** Rows of several series as columns over one unbroken axis of periods; what is missing is null, a gap. */
export function lineShape({ series, target, band, breaks, events }: LineInput): LineShape {
	const periods = continuous([
		...series.flatMap((one) => one.points.map((point) => point.period)),
		...(band ?? []).map((point) => point.period)
	]);
	const place = new Map(periods.map((period, index) => [period, index]));
	const column = <T extends { period: string }>(
		points: T[],
		value: (point: T) => number | null
	) => {
		const values: (number | null)[] = periods.map(() => null);
		for (const point of points) {
			const index = place.get(point.period);
			if (index !== undefined) values[index] = value(point);
		}
		return values;
	};
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
			values: column(points, (point) => (point.below ? null : point.value))
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
		events: placed(events)
	};
}

export interface Latest {
	period: string;
	value: number;
	/** Against the period before; null where there is none, or the definition changed in between. */
	change: number | null;
	target: number | null;
}

/** The newest value of one line, and what may be said about it. */
export function latest(shape: LineShape, line = 0): Latest | null {
	const values = shape.lines[line]?.values ?? [];
	const index = values.findLastIndex((value) => value !== null);
	const value = values[index];
	const period = shape.periods[index];
	if (value === null || value === undefined || period === undefined) return null;
	const before = values[index - 1];
	const cut = shape.breaks.some(({ index: at }) => at === index);
	return {
		period,
		value,
		change: before === null || before === undefined || cut ? null : value - before,
		target: shape.target?.[index] ?? null
	};
}
