import type { Entry } from '#lib/submissions/check-entries.ts';

/**
 * Entries on their way into the database, as `add_entries` takes them: one text of codes for each column. A text is
 * copied from hand to hand where a list would be taken apart and put together in the worker, the server, the API and
 * the database.
 */
export type Batch = {
	/** The place of its first entry in the filing, from 1. */
	first: number;
	count: number;
	columns: {
		measure: string;
		region: string;
		occupation: string;
		employment_mode: string;
		value: string;
		missing_reason: string;
		cell: string;
		/** Free text, so a list; left out where nothing is explained. */
		explanation?: (string | null)[];
	};
};

/** Large enough that the calls' fixed cost vanishes, small enough that two travel at once. */
const ENTRIES = 10_000;

export function batchesOf(entries: Entry[]): Batch[] {
	const batches: Batch[] = [];
	for (let from = 0; from < entries.length; from += ENTRIES) {
		const part = entries.slice(from, from + ENTRIES);
		const column = (read: (entry: Entry) => string | number | null) => part.map(read).join(',');
		batches.push({
			first: from + 1,
			count: part.length,
			columns: {
				measure: column((entry) => entry.measure_code),
				region: column((entry) => entry.region_code),
				occupation: column((entry) => entry.occupation),
				employment_mode: column((entry) => entry.employment_mode),
				value: column((entry) => entry.value),
				missing_reason: column((entry) => entry.missing_reason),
				cell: column((entry) => entry.cell),
				...(part.some(({ explanation }) => explanation !== null) && {
					explanation: part.map(({ explanation }) => explanation)
				})
			}
		});
	}
	return batches;
}

export function countOf(batches: Batch[]): number {
	return batches.reduce((sum, { count }) => sum + count, 0);
}
