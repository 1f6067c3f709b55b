import type { Tone } from '#lib/ui/tone.ts';
import type { Indicator, RegistryRow } from './registry.ts';
import type { Moved } from './series.ts';
import { targetStatus, type Aim, type Judged } from './target-status.ts';

interface TrendPoint {
	period: string;
	value: number | null;
	hidden: string | null;
	version: number;
	finished: boolean;
}

/** A row of `council_overview`. */
export interface OverviewRow {
	indicator_code: string;
	period: string;
	value: number | null;
	numerator: number | null;
	denominator: number | null;
	hidden: string | null;
	contributors: number;
	expected: number | null;
	accepted_at: string | null;
	definition_version: number;
	own_value: number | null;
	/** Up to the period spoken of, oldest first. */
	trend: TrendPoint[];
	/** Newer than that, and unfinished. */
	later: {
		period: string;
		value: number | null;
		hidden: string | null;
		version: number;
		contributors: number;
		expected: number | null;
	}[];
	finished: boolean;
	share: number | null;
	not_applicable: number | null;
	base_share: number | null;
	cells_unknown: number;
	/** The figure by which the target is judged, where its period is longer than the filed ones. */
	judged: Judged | null;
	change: Moved | null;
	year_change: Moved | null;
	target_kind: Aim['kind'] | null;
	target_value: number | null;
	target_upper: number | null;
	target_period: string | null;
	/** The day on which it was set. */
	target_set_on: string | null;
}

/** The target in force for an overview row, or null. */
function aimOf(row: OverviewRow): Aim | null {
	return row.target_kind && row.target_value !== null && row.target_period
		? {
				kind: row.target_kind,
				value: row.target_value,
				upper_value: row.target_upper,
				period: row.target_period,
				set_on: row.target_set_on ?? undefined
			}
		: null;
}

/** The part of a trend that was counted by the newest definition: only that may be compared. */
function comparable(row: OverviewRow) {
	return row.trend.filter((point) => point.version === row.definition_version);
}

/** A key figure's card: the indicator with its newest figure. */
export interface KeyFigureCard {
	code: string;
	name_zh: string;
	name_en: string;
	symbol_zh: string;
	symbol_en: string;
	decimals: number;
	threshold: number;
	period: string;
	value: number | null;
	hidden: string | null;
	numerator: number | null;
	denominator: number | null;
	contributors: number;
	expected: number | null;
	accepted_at: string | null;
	own_value: number | null;
	trend: (number | null)[];
	target: number | null;
	status: Tone | null;
	finished: boolean;
	/** The newest period, where it is unfinished. */
	later: { period: string; contributors: number; expected: number | null } | null;
}

const CARD_PERIODS = 12;

/** Cards for every indicator with a figure: those with a target first, then in the registry's order. */
export function keyFigures(registry: Indicator[], rows: OverviewRow[]): KeyFigureCard[] {
	const figures = new Map(rows.map((row) => [row.indicator_code, row]));
	const cards = registry.flatMap((indicator) => {
		const row = figures.get(indicator.code);
		if (!row) return [];
		const aim = aimOf(row);
		return [
			{
				code: indicator.code,
				name_zh: indicator.name_zh,
				name_en: indicator.name_en,
				symbol_zh: indicator.unit.symbol_zh,
				symbol_en: indicator.unit.symbol_en,
				decimals: indicator.decimals,
				threshold: indicator.suppression_threshold,
				period: row.period,
				value: row.value,
				hidden: row.hidden,
				numerator: row.numerator,
				denominator: row.denominator,
				contributors: row.contributors,
				expected: row.expected,
				accepted_at: row.accepted_at,
				own_value: row.own_value,
				trend: comparable(row)
					.slice(-CARD_PERIODS)
					.map((point) => (point.finished ? point.value : null)),
				target: aim?.value ?? null,
				status: aim ? targetStatus(aim, row, comparable(row), row.judged).tone : null,
				finished: row.finished,
				later: row.later.at(-1) ?? null
			}
		];
	});
	return cards.toSorted((a, b) => Number(a.status === null) - Number(b.status === null));
}

/** The whole registry as table rows, with a figure where the reader has one. */
export function registryRows(registry: Indicator[], rows: OverviewRow[]): RegistryRow[] {
	const figures = new Map(rows.map((row) => [row.indicator_code, row]));
	return registry.map((indicator) => {
		const { code, name_zh, name_en, group_code, group_zh, group_en, unit } = indicator;
		const row = figures.get(code);
		const aim = row ? aimOf(row) : null;
		return {
			code,
			name_zh,
			name_en,
			group_code,
			group_zh,
			group_en,
			unit,
			decimals: indicator.decimals,
			threshold: indicator.suppression_threshold,
			direction: indicator.direction,
			frequency: indicator.frequency,
			figure: row
				? {
						period: row.period,
						value: row.value,
						hidden: row.hidden,
						own_value: row.own_value,
						target: aim?.value ?? null,
						status: aim ? targetStatus(aim, row, comparable(row), row.judged).tone : null,
						received: row.contributors,
						expected: row.expected,
						finished: row.finished
					}
				: null
		};
	});
}
