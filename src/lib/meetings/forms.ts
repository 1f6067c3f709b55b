import { z } from 'zod';
import { SHORTEST_REASON } from '#lib/kernel/reason.ts';
import { rowId } from '#lib/kernel/row-id.ts';
import { m } from '#lib/paraglide/messages.js';
import { choices, decisionRules } from './voting.ts';

const line = z
	.string()
	.trim()
	.max(200, { error: () => m.meetings_too_long() })
	.default('');
const prose = z
	.string()
	.trim()
	.max(8000, { error: () => m.meetings_too_long() })
	.default('');
const dayOrNothing = z
	.union([z.literal(''), z.iso.date().startsWith('20')], { error: () => m.meetings_date_needed() })
	.default('');

/** A wall-clock time in the council's time zone, as `<input type="datetime-local">` sends it. */
const moment = z
	.string({ error: () => m.meetings_time_needed() })
	.regex(/^20\d{2}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, { error: () => m.meetings_time_needed() })
	.transform((local) => `${local.slice(0, 16)}:00+08:00`);

export const planForm = z.object({
	title_zh: line,
	title_en: line,
	scheduled_at: moment,
	place_zh: line,
	place_en: line
});

export const proposalForm = z.object({
	title_zh: line,
	title_en: line,
	text_zh: prose,
	text_en: prose,
	indicator: z.string().max(20).default(''),
	region: z.string().max(9).default(''),
	about: z.string().max(130).default('')
});

export const scheduleForm = z.object({ agenda_item: rowId, meeting: rowId });
export const declineForm = z.object({ agenda_item: rowId });

export const resolutionForm = z.object({
	agenda_item: rowId,
	text_zh: prose,
	text_en: prose,
	decision_rule: z.enum(decisionRules, { error: () => m.meetings_rule_needed() }),
	effective_on: dayOrNothing
});

export const voteForm = z
	.object({
		resolution: rowId,
		choice: z.enum(choices, { error: () => m.meetings_choice_needed() }),
		reason: z
			.string()
			.trim()
			.max(1000, { error: () => m.meetings_too_long() })
			.default('')
	})
	.refine(({ choice, reason }) => choice !== 'reserved' || reason.length >= SHORTEST_REASON, {
		path: ['reason'],
		error: () => m.refusal_vote_needs_a_reason()
	});

export const decisionForm = z.object({ resolution: rowId });
export const minutesForm = z.object({ minutes_zh: prose, minutes_en: prose });
