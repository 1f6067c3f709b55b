import type { Link } from '#lib/links/link.ts';
import type { Locale } from '#lib/paraglide/runtime.js';
import type { State } from '#lib/ui/state.ts';
import type { Tone } from '#lib/ui/tone.ts';

/** Who acted, whom it concerned, and on what; empty where the reader may not know it. */
interface Said {
	who: string;
	whom: string;
	what: string;
}

/** The words, tone and address of an act that the database records under its verb. */
export interface Act {
	/** In a list or filter: `accepted a filing`. */
	word: () => string;
	/** `Labour bureau accepted Platform labour figures of Xunda`. */
	sentence: (said: Said, options?: { locale?: Locale }) => string;
	/** What went well, what is under way, what needs a look; `no_data` for what is neither. */
	tone: Tone;
}

/** A kind of thing that acts are done to. */
export interface Subject {
	word: () => string;
	/** The page that shows the one with this id, or null. `parent` is the row on whose page it stands, where it has none of its own. */
	address: (subject: { id: string; parent: string | null }) => string | null;
	/** What the search box calls several of them; only of those that it finds. */
	found?: () => string;
	/** How it stands in the list of what was decided about a row; only of those that stand there. */
	link?: { day: (when: { date: string }) => string; state: (link: Link, today: string) => State };
}

/** A domain's acts by verb, in the order in which they happen. */
export type Acts = Record<string, Act>;

/** A domain's subjects by type. */
export type Subjects = Record<string, Subject>;
