import { z } from 'zod';
import { rowId } from '#lib/kernel/row-id.ts';
import { m } from '#lib/paraglide/messages.js';
import { kinds } from './kinds.ts';

const name = z
	.string()
	.trim()
	.max(100, { error: () => m.organisations_name_too_long() })
	.default('');
const short = z
	.string()
	.trim()
	.max(30, { error: () => m.organisations_name_too_long() })
	.default('');

export const registerForm = z.object({
	kind: z.enum(kinds, { error: () => m.organisations_kind_needed() }),
	name_zh: name,
	name_en: name,
	short_zh: short,
	short_en: short,
	region: z
		.string({ error: () => m.organisations_region_needed() })
		.trim()
		.min(1, { error: () => m.organisations_region_needed() })
		.max(60, { error: () => m.organisations_region_needed() }),
	standing: z.enum(['voting', 'observer'], { error: () => m.organisations_standing_needed() })
});

export const endSeatForm = z.object({ organisation: rowId });
