import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Tone } from '#lib/ui/tone.ts';
import type { Choice, DecisionRule } from './voting.ts';

interface Mark {
	tone: Tone;
	label: string;
}

export function meetingMark(status: 'planned' | 'open' | 'closed'): Mark {
	return {
		planned: { tone: 'no_data' as const, label: m.meetings_status_planned() },
		open: { tone: 'on_track' as const, label: m.meetings_status_open() },
		closed: { tone: 'achieved' as const, label: m.meetings_status_closed() }
	}[status];
}

export function resolutionMark(status: 'voting' | 'adopted' | 'rejected'): Mark {
	return {
		voting: { tone: 'on_track' as const, label: m.meetings_resolution_voting() },
		adopted: { tone: 'achieved' as const, label: m.meetings_resolution_adopted() },
		rejected: { tone: 'missed' as const, label: m.meetings_resolution_rejected() }
	}[status];
}

export function choiceMark(choice: Choice): Mark {
	return {
		for: { tone: 'achieved' as const, label: m.meetings_choice_for() },
		against: { tone: 'missed' as const, label: m.meetings_choice_against() },
		abstain: { tone: 'no_data' as const, label: m.meetings_choice_abstain() },
		reserved: { tone: 'at_risk' as const, label: m.meetings_choice_reserved() }
	}[choice];
}

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
