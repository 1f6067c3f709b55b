import { LARGEST_FILE } from '#lib/filing/limits.ts';

/** The limits of one uploaded file. Each is far above any real file and far below what hurts the server. */
export const LIMITS = {
	fileBytes: LARGEST_FILE,
	zipEntries: 2000,
	unpackedBytes: 400 * 1024 * 1024,
	/** Spreadsheet XML shrinks to a tenth or a thirtieth; a bomb to a thousandth. */
	ratio: 150,
	ratioFromBytes: 8 * 1024 * 1024,
	rows: 250_000,
	columns: 1024,
	cells: 3_000_000,
	cellCharacters: 32_767,
	characters: 64 * 1024 * 1024,
	workerMegabytes: 224,
	milliseconds: 15_000
};

/** The number of rows after which somebody who waits is told of the progress. */
export const ROWS_TOLD = 5000;

/** Thrown by the readers: the whole file is refused, for this reason. */
export type Refused = { refused: string; params: Record<string, string | number> };

export function refused(rule: string, params: Record<string, string | number> = {}): Refused {
	return { refused: rule, params };
}

export function isRefused(thrown: unknown): thrown is Refused {
	return typeof thrown === 'object' && thrown !== null && 'refused' in thrown;
}
