import { z } from 'zod';
import { PERIOD } from '#lib/kernel/period.ts';
import { reason } from '#lib/kernel/reason.ts';
import { rowId } from '#lib/kernel/row-id.ts';
import { m } from '#lib/paraglide/messages.js';

const line = z
	.string()
	.trim()
	.max(200, { error: () => m.meetings_too_long() })
	.default('');
const prose = z
	.string()
	.trim()
	.max(4000, { error: () => m.meetings_too_long() })
	.default('');

export const assignForm = z.object({
	resolution: rowId,
	title_zh: line,
	title_en: line,
	done_zh: prose,
	done_en: prose,
	accountable: z.uuid({ error: () => m.action_items_organisation_needed() }),
	accepting: z.uuid({ error: () => m.action_items_organisation_needed() }),
	due_on: z.iso
		.date({ error: () => m.action_items_due_needed() })
		.startsWith('20', { error: () => m.action_items_due_needed() }),
	indicator: z.string().max(20).default(''),
	region: z.string().max(9).default(''),
	expected_value: z
		.string()
		.trim()
		.default('')
		.refine((text) => text === '' || /^-?\d{1,12}(\.\d{1,6})?$/.test(text), {
			error: () => m.action_items_value_needed()
		})
		.transform((text) => (text === '' ? null : Number(text))),
	baseline_period: z
		.string()
		.trim()
		.default('')
		.refine((text) => text === '' || PERIOD.test(text), {
			error: () => m.action_items_period_needed()
		})
});

export const reportForm = z.object({
	note: z
		.string({ error: () => m.action_items_note_needed() })
		.trim()
		.min(2, { error: () => m.action_items_note_needed() })
		.max(4000, { error: () => m.meetings_too_long() }),
	progress: z.coerce
		.number({ error: () => m.action_items_progress_needed() })
		.int({ error: () => m.action_items_progress_needed() })
		.min(0, { error: () => m.action_items_progress_needed() })
		.max(100, { error: () => m.action_items_progress_needed() }),
	done: z
		.string()
		.optional()
		.transform((checked) => checked === 'yes')
});

export const acceptForm = z.object({ note: prose });

export const reasonForm = z.object({ reason: reason() });
