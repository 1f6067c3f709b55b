import type { Named, Region } from '#lib/kernel/named.ts';
import { firstDay, firstDayOrToday } from '#lib/kernel/period.ts';
import type { Params } from '#lib/sheets/table.ts';

/** A name that the parties chose: data, not a message. */
export type Coded = Named<string> & { code: string };

export type Measure = Coded & {
	/** `percent`: 98% is written 98. */
	unit: string;
	value_type: 'count' | 'amount' | 'number';
	required: boolean;
	min: number | null;
	max: number | null;
	decimals: number;
	additive: boolean;
	/** The version of the dataset that asks for it. */
	since: number;
};

/**
 * A rule between values, as data. By kind, `params` holds codes of measures and numbers:
 * - `part_le_whole`: `{ part, whole }`;
 * - `parts_eq_total`: `{ parts: [...], total }`;
 * - `range`: `{ measure, min?, max? }`, or with `denominator` the bounds of the ratio of two measures;
 * - `jump`: `{ measure, percent, least? }`, a cell against the same cell of the last accepted period;
 * - `z_score`: `{ measure, z }`, the total of the filing against the own totals of up to 12 periods;
 * - `peer_outlier`: `{ measure, denominator, k }`, the rate of the filing against peers of the same kind;
 * - `cross_file`: `{ measure, other, of, percent }`, the total against the own total of `other`, a measure of this or
 *   another dataset, in the `same` or the `previous` period: accepted, or of another dataset as filed last.
 */
export type Rule = {
	code: string;
	kind: RuleKind;
	severity: 'error' | 'warning';
	params: RuleParams;
	/** Empty: worded by its kind. */
	message_zh?: string;
	message_en?: string;
};

export const RULE_KINDS = [
	'part_le_whole',
	'parts_eq_total',
	'range',
	'jump',
	'z_score',
	'peer_outlier',
	'cross_file'
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

export type RuleParams = {
	part?: string;
	whole?: string;
	parts?: string[];
	total?: string;
	measure?: string;
	denominator?: string;
	other?: string;
	min?: number;
	max?: number;
	percent?: number;
	/** A jump between two values below it is not told. */
	least?: number;
	z?: number;
	/** How many interquartile ranges beyond the quartiles are still usual. */
	k?: number;
	of?: 'same' | 'previous';
};

export type Dataset = Coded & {
	version: number;
	/** Counts the changes of its rules. */
	rules_version: number;
	frequency: 'month' | 'quarter' | 'half_year' | 'year';
	region_level: 'county' | 'street';
	measures: Measure[];
	occupations: Coded[];
	employment_modes: Coded[];
	rules: Rule[];
	/** The versions after the first, announced ones too. */
	versions: DatasetVersion[];
};

/** `from_period`: the first period for which a version holds; `announced_on`: ISO date. */
type DatasetVersion = {
	version: number;
	from_period: string;
	announced_on: string;
	note_zh: string;
	note_en: string;
};

/**
 * A dataset as it holds for a period, or today where nobody says which: with the version of then, and what a later
 * version asks for may be filed and need not be.
 */
export function asOf(dataset: Dataset, period: string): Dataset {
	const day = firstDayOrToday(period);
	const held = dataset.versions.filter(({ from_period }) => firstDay(from_period) <= day);
	const version = Math.max(1, ...held.map((one) => one.version));
	const measures = dataset.measures.map((measure) =>
		measure.since > version ? { ...measure, required: false } : measure
	);
	return { ...dataset, version, measures };
}

/** A region and the days of its code. */
export type DatedRegion = Region & {
	/** ISO date from which the code no longer holds. */
	valid_to: string | null;
	replaced_by: string | null;
};

export const MISSING_REASONS = ['not_applicable', 'not_collected', 'late', 'confidential'] as const;
export type MissingReason = (typeof MISSING_REASONS)[number];

/** Parameters by which a message names something in the reader's language: `{name}` takes name_zh or name_en. */
export function nameParams(key: string, { name_zh, name_en }: Named<string>): Params {
	return { [`${key}_zh`]: name_zh, [`${key}_en`]: name_en };
}

/** Names by code. */
export function byCode(named: Region[]): Record<string, Named> {
	return Object.fromEntries(
		named.map(({ code, name_zh, name_en }) => [code, { name_zh, name_en }])
	);
}
