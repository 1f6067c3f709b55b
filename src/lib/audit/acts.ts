import { inOrder, together } from '#lib/kernel/domains.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Act, Acts, Subject, Subjects } from './act.ts';

/** The files of that name in the rooms of the domains, in the order of the loop. */
const domains = inOrder(
	import.meta.glob<{ acts: Acts; subjects?: Subjects }>(
		['../*/acts.ts', '!../server/**', '!./acts.ts'],
		{ eager: true }
	)
);

/** Every act that is recorded, in the order of the loop. */
export const acts: Acts = together(domains.map((domain) => domain.acts));

/** Every kind of thing that an act is recorded of. */
export const subjects: Subjects = together(domains.map((domain) => domain.subjects));

/** The verbs that a reader chooses from. */
export const verbs = Object.keys(acts);

/**
 * The act under a recorded verb. That each verb of our own database is here is held by a test; one that a newer
 * version has recorded stands as its code.
 */
export function actOf(verb: string): Act {
	return acts[verb] ?? { word: () => verb, sentence: m.home_event_other, tone: 'no_data' };
}

/** The kind of thing under a recorded type; one of a newer version stands as its code. */
export function subjectOf(type: string): Subject {
	return subjects[type] ?? { word: () => type, address: () => null };
}
