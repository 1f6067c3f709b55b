import * as actionItems from '#lib/action-items/acts.ts';
import * as api from '#lib/api/acts.ts';
import * as datasets from '#lib/datasets/acts.ts';
import * as deadlines from '#lib/deadlines/acts.ts';
import * as identity from '#lib/identity/acts.ts';
import * as indicators from '#lib/indicators/acts.ts';
import * as meetings from '#lib/meetings/acts.ts';
import * as organisations from '#lib/organisations/acts.ts';
import { m } from '#lib/paraglide/messages.js';
import * as releases from '#lib/releases/acts.ts';
import * as reviews from '#lib/reviews/acts.ts';
import * as revisions from '#lib/revisions/acts.ts';
import * as sheets from '#lib/sheets/acts.ts';
import * as submissions from '#lib/submissions/acts.ts';
import type { Act, Acts, Subject, Subjects } from './act.ts';

/** Every act that is recorded, in the order of the loop. */
export const acts = {
	...submissions.acts,
	...sheets.acts,
	...datasets.acts,
	...reviews.acts,
	...deadlines.acts,
	...revisions.acts,
	...indicators.acts,
	...releases.acts,
	...meetings.acts,
	...actionItems.acts,
	...organisations.acts,
	...identity.acts,
	...api.acts
};

/** Every kind of thing that an act is recorded of. */
export const subjects = {
	...submissions.subjects,
	...datasets.subjects,
	...deadlines.subjects,
	...indicators.subjects,
	...releases.subjects,
	...meetings.subjects,
	...actionItems.subjects,
	...organisations.subjects,
	...identity.subjects,
	...api.subjects
};

export type Verb = keyof typeof acts;

/** What a reader chooses from. */
export const verbs = Object.keys(acts) as Verb[];

/**
 * The act under a recorded verb. That each verb of our own database is here is held by a test; one that a newer
 * version has recorded stands as its code.
 */
export function actOf(verb: string): Act {
	return (
		(acts as Acts)[verb] ?? { word: () => verb, sentence: m.home_event_other, tone: 'no_data' }
	);
}

/** The kind of thing under a recorded type; one of a newer version stands as its code. */
export function subjectOf(type: string): Subject {
	return (subjects as Subjects)[type] ?? { word: () => type, address: () => null };
}
