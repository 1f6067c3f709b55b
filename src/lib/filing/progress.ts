/**
 * How far a filing is once its file has arrived: rows read so far or to be checked, values stored of all, and at last
 * the one transaction that files them, which nobody can stop.
 */
export type Progress = {
	phase: 'reading' | 'checking' | 'storing' | 'filing';
	done: number;
	of?: number;
};

/** Whoever waits for a filing: hears how far it is, and may cancel it. */
export type Watcher = { tell: (progress: Progress) => void; cancelled: AbortSignal };
