import type { PeriodLabel, Series } from '#lib/charts/lines.ts';
import { inLanguage } from '#lib/kernel/language.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Unit } from './registry.ts';

/** A published single figure with its source. */
export interface Reference {
	id: string;
	theme: string;
	statement_zh: string;
	statement_en: string;
	value: number | null;
	value_text: string | null;
	unit: Unit | null;
	period: string | null;
	population_zh: string | null;
	population_en: string | null;
	region_code: string | null;
	source: string;
	note_zh: string | null;
	note_en: string | null;
}

export interface Observation {
	period: string;
	/** In a ranking or a table: who or what the value is about. */
	entity_zh: string;
	entity_en: string | null;
	entity_code: string;
	value: number | null;
	value_text: string | null;
	/** The counting method, where it changed; or which of two sources. */
	basis: string;
	source: string;
	note: string | null;
}

/** A public series without its values. */
export interface PublicSeriesCard {
	code: string;
	title_zh: string;
	title_en: string;
	unit: Unit;
	frequency: string;
	indicator_code: string | null;
	region_code: string | null;
	publisher_zh: string | null;
	publisher_en: string | null;
	caveat_zh: string | null;
	caveat_en: string | null;
}

export interface PublicSeries extends PublicSeriesCard {
	observations: Observation[];
	breaks: { period: string; reason_zh: string; reason_en: string }[];
}

/**
 * How a series is best shown: `line` over time; `ranking` of many in each period; `table` where there are words
 * or a single point in time.
 */
export function shapeOf(series: PublicSeries): 'line' | 'ranking' | 'table' {
	const numbers = series.observations.filter((one) => one.value !== null);
	const periods = new Set(numbers.map((one) => one.period)).size;
	if (series.unit.code === 'text' || periods < 2) return 'table';
	return new Set(numbers.map((one) => one.entity_zh)).size > 6 ? 'ranking' : 'line';
}

/** The periods of a series, oldest first. */
export const periodsOf = (series: PublicSeries) =>
	[...new Set(series.observations.map((one) => one.period))].sort();

/** The values of one period, the smallest first where they are ranks. */
export function inPeriod(series: PublicSeries, period: string): Observation[] {
	return series.observations
		.filter((one) => one.period === period)
		.toSorted((a, b) => (a.value ?? Infinity) - (b.value ?? Infinity));
}

/** Counting methods that stand beside each other in the same period and disagree: each gets its own line. */
function rivals(observations: Observation[]): boolean {
	const seen = new Set<string>();
	return observations.some(({ period, entity_zh }) => {
		const key = `${period} ${entity_zh}`;
		if (seen.has(key)) return true;
		seen.add(key);
		return false;
	});
}

/** The lines of a series: one for each subject, and where two sources disagree one for each of them. */
export function linesOf(series: PublicSeries, subjects?: string[]): Series[] {
	const numbers = series.observations.filter(
		(one) => one.value !== null && (!subjects || subjects.includes(one.entity_zh))
	);
	const apart = rivals(numbers);
	const lines = Map.groupBy(numbers, (one) =>
		apart ? `${one.entity_zh}|${one.basis}` : one.entity_zh
	);
	return [...lines].map(([key, observations]) => {
		const first = observations[0]!;
		const subject = inLanguage(first, 'entity');
		return {
			key: key || series.code,
			name:
				[subject, apart ? basisText(first.basis) : ''].filter(Boolean).join(' · ') ||
				inLanguage(series, 'title'),
			points: observations.map(({ period, value }) => ({ period, value }))
		};
	});
}

/** A counting method in words; a bare letter says which of several it is. */
export function basisText(basis: string): string {
	if (basis === 'published') return m.indicators_series_published();
	if (basis === 'computed') return m.indicators_series_computed();
	return /^[A-Z]$/.test(basis) ? m.indicators_series_basis_line({ basis }) : basis;
}

/** The periods at which the counting changed: lines are cut there, with a word; the reason is told beside the chart. */
export function breaksOf(series: PublicSeries, label: string): PeriodLabel[] {
	const periods = periodsOf(series);
	return series.breaks.flatMap((one) => {
		// A break may fall into a gap: the line is cut at the first value after it.
		const period = periods.find((known) => known >= one.period);
		return period ? [{ period, label }] : [];
	});
}

/** The sources of a series, each once. */
export const sourcesOf = (series: PublicSeries) => [
	...new Set(series.observations.map((one) => one.source))
];

/** As many decimals as the most exact value was published with, at most two. */
export function decimalsOf(series: PublicSeries): number {
	const digits = series.observations.map(
		(one) => String(one.value ?? '').split('.')[1]?.length ?? 0
	);
	return Math.min(2, Math.max(0, ...digits));
}
