import type { Locale } from '#lib/paraglide/runtime.js';
import type { Tone } from '#lib/ui/tone.ts';

/** Whom it concerns, what it is about, the day, and how many; empty where there is none. */
interface Said {
	who: string;
	what: string;
	date: string;
	count: number;
}

type Sentence = (said: Said, options?: { locale?: Locale }) => string;

/** The sentence, tone and address of a kind of notification. */
export interface Kind {
	sentence: Sentence;
	/** Instead of it where nothing is counted. */
	uncounted?: Sentence;
	/** As the act or the state that it tells of. */
	tone: Tone;
	/** The page where one sees it and acts, of the subject's id, where that is not the page of the subject. */
	address?: (id: string) => string;
}

/** A domain's kinds, in the order in which they happen. */
export type Kinds = Record<string, Kind>;
