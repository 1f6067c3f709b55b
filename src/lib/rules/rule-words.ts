import { nameOf } from '#lib/kernel/language.ts';
import type { Named } from '#lib/kernel/named.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Rule, RuleKind, RuleParams } from '#lib/datasets/dataset.ts';
import { formulaOf } from './rule-form.ts';

export const kindName: Record<RuleKind, () => string> = {
	part_le_whole: m.rules_kind_part_le_whole,
	parts_eq_total: m.rules_kind_parts_eq_total,
	range: m.rules_kind_range,
	jump: m.rules_kind_jump,
	z_score: m.rules_kind_z_score,
	peer_outlier: m.rules_kind_peer_outlier,
	cross_file: m.rules_kind_cross_file
};

export const kindHelp: Record<RuleKind, () => string> = {
	part_le_whole: m.rules_help_part_le_whole,
	parts_eq_total: m.rules_help_parts_eq_total,
	range: m.rules_help_range,
	jump: m.rules_help_jump,
	z_score: m.rules_help_z_score,
	peer_outlier: m.rules_help_peer_outlier,
	cross_file: m.rules_help_cross_file
};

const fields: Record<keyof RuleParams, () => string> = {
	part: m.rules_field_part,
	whole: m.rules_field_whole,
	parts: m.rules_field_parts,
	total: m.rules_field_total,
	measure: m.rules_field_measure,
	denominator: m.rules_field_denominator,
	other: m.rules_field_other,
	of: m.rules_field_of,
	min: m.rules_field_min,
	max: m.rules_field_max,
	percent: m.rules_field_percent_jump,
	least: m.rules_field_least,
	z: m.rules_field_z,
	k: m.rules_field_k
};

export function fieldName(kind: RuleKind, field: keyof RuleParams): string {
	return kind === 'cross_file' && field === 'percent'
		? m.rules_field_percent_cross_file()
		: fields[field]();
}

export function missingWords(what: 'number' | 'measure' | 'bound' | 'both'): string {
	return {
		number: m.rules_number_missing,
		measure: m.rules_measure_missing,
		bound: m.rules_bound_missing,
		both: m.rules_message_both
	}[what]();
}

type Names = Map<string, Named<string>>;

/** A rule as a formula with its measures' names in the reader's language. */
export function formula(rule: Pick<Rule, 'kind' | 'params'>, names: Names): string {
	const name = (code: string) => {
		const named = names.get(code);
		return named ? nameOf(named) : code;
	};
	return formulaOf(rule, name, m.rules_field_of_previous());
}

/** The sentence of a rule: its own message, or its formula. */
export function ruleText(rule: Rule, names: Names): string {
	const own = getLocale() === 'en' ? rule.message_en : rule.message_zh;
	return own || formula(rule, names);
}
