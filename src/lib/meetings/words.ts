import { m } from '#lib/paraglide/messages.js';
import type { DecisionRule } from './voting.ts';

export function ruleName(rule: DecisionRule): string {
	return {
		consensus: m.meetings_rule_consensus,
		simple: m.meetings_rule_simple,
		two_thirds: m.meetings_rule_two_thirds
	}[rule]();
}

/** The rule of decision, in a sentence. */
export function ruleSentence(rule: DecisionRule): string {
	return {
		consensus: m.meetings_rule_consensus_note,
		simple: m.meetings_rule_simple_note,
		two_thirds: m.meetings_rule_two_thirds_note
	}[rule]();
}
