import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';

/** The row that a form is about. It stands in a hidden field: whoever sends another has no such row. */
export const rowId = z.uuid({ error: () => m.refusal_not_found() });
