import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';

/** A reason has at least this many characters; the database asks for as many. */
export const SHORTEST_REASON = 5;
/** Nobody reads on beyond this many. */
export const LONGEST_REASON = 2000;

/** The field of a reason, for an act that another has to live with. */
export function reason(most = LONGEST_REASON) {
	const error = () => m.shell_reason_needed({ most });
	return z.string({ error }).trim().min(SHORTEST_REASON, { error }).max(most, { error });
}
