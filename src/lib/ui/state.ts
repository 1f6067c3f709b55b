import type { Tone } from './tone.ts';

/** The word and tone of a state, wherever it is shown. */
export interface State {
	word: () => string;
	tone: Tone;
}

/** A state for each value of a column; a value that has none does not compile. */
export type States<Value extends string> = Record<Value, State>;
