import type { Params } from './table.ts';

/** A name that the parties chose: data, not a message. */
export type Named = { code: string; name_zh: string; name_en: string };

export type Measure = Named & {
	/** `percent`: 98% is written 98. */
	unit: string;
	value_type: 'count' | 'amount' | 'number';
	required: boolean;
	min: number | null;
	max: number | null;
	decimals: number;
	additive: boolean;
};

/**
 * A rule between values, as data. By kind, `params` holds:
 * - `part_le_whole`: `{ part, whole }`, codes of measures;
 * - `parts_eq_total`: `{ parts: [...], total }`;
 * - `range`: `{ measure, min?, max? }`, or with `denominator` the bounds of the ratio of two measures;
 * - `jump`: `{ measure, percent }` against the previous period.
 */
export type Rule = {
	code: string;
	kind: 'part_le_whole' | 'parts_eq_total' | 'range' | 'jump';
	severity: 'error' | 'warning';
	params: RuleParams;
	message_zh?: string;
	message_en?: string;
};

type RuleParams = {
	part?: string;
	whole?: string;
	parts?: string[];
	total?: string;
	measure?: string;
	denominator?: string;
	min?: number;
	max?: number;
	percent?: number;
};

export type Dataset = Named & {
	version: number;
	frequency: 'month' | 'quarter' | 'half_year' | 'year';
	region_level: 'county' | 'street';
	measures: Measure[];
	occupations: Named[];
	employment_modes: Named[];
	rules: Rule[];
};

export type Region = {
	code: string;
	name_zh: string;
	name_en: string | null;
	/** ISO date from which the code no longer holds. */
	valid_to: string | null;
	replaced_by: string | null;
};

export const MISSING_REASONS = ['not_applicable', 'not_collected', 'late', 'confidential'] as const;
export type MissingReason = (typeof MISSING_REASONS)[number];

/** What a message needs to name something in the reader's language: `{name}` takes name_zh or name_en. */
export function nameParams(
	key: string,
	{ name_zh, name_en }: Pick<Named, 'name_zh' | 'name_en'>
): Params {
	return { [`${key}_zh`]: name_zh, [`${key}_en`]: name_en };
}
