import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { DecisionRule } from './voting.ts';

export function ruleName(rule: DecisionRule): string {
	return {
		consensus: m.meetings_rule_consensus,
		simple: m.meetings_rule_simple,
		two_thirds: m.meetings_rule_two_thirds
	}[rule]();
}

/** What the rule asks for, in a sentence. */
export function ruleSentence(rule: DecisionRule): string {
	return {
		consensus: m.meetings_rule_consensus_note,
		simple: m.meetings_rule_simple_note,
		two_thirds: m.meetings_rule_two_thirds_note
	}[rule]();
}

/** What the parties wrote, in the reader's language: `written(item, 'text')` reads `text_zh` or `text_en`. */
export function written<Field extends string>(
	row: Record<`${Field}_zh` | `${Field}_en`, string>,
	field: Field
): string {
	const zh = row[`${field}_zh`];
	const en = row[`${field}_en`];
	return getLocale() === 'zh-CN' ? zh || en : en || zh;
}
