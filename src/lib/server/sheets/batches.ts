import type { Entry } from '#lib/filing/entry.ts';

/**
 * Entries on their way into the database, as `add_entries` takes them: each code once in `texts`, and for each column
 * an array in Postgres's own writing, of places in `texts` counted from 1, of figures or of cells. As lists of texts
 * they would be taken apart and put together in the worker, the server, the API and the database.
 */
export type Batch = {
	/** The place of its first entry in the filing, from 1. */
	first: number;
	count: number;
	columns: {
		texts: string[];
		measure: string;
		region: string;
		occupation: string;
		employment_mode: string;
		value: string;
		cell: string;
		/** Left out where nothing is missing. */
		missing_reason?: string;
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
		batches.push({ first: from + 1, count: part.length, columns: columnsOf(part) });
	}
	return batches;
}

function columnsOf(entries: Entry[]): Batch['columns'] {
	const places = new Map<string, number>();
	const place = (text: string | null) => {
		if (text === null) return null;
		const known = places.get(text) ?? places.size + 1;
		places.set(text, known);
		return known;
	};
	const column = (read: (entry: Entry) => string | number | null) =>
		`{${entries.map((entry) => read(entry) ?? 'NULL').join()}}`;
	const has = (key: keyof Entry) => entries.some((entry) => entry[key] !== null);
	return {
		measure: column((entry) => place(entry.measure_code)),
		region: column((entry) => place(entry.region_code)),
		occupation: column((entry) => place(entry.occupation)),
		employment_mode: column((entry) => place(entry.employment_mode)),
		value: column((entry) => entry.value),
		cell: column((entry) => entry.cell),
		...(has('missing_reason') && {
			missing_reason: column((entry) => place(entry.missing_reason))
		}),
		...(has('explanation') && { explanation: entries.map(({ explanation }) => explanation) }),
		texts: [...places.keys()]
	};
}

export function countOf(batches: Batch[]): number {
	return batches.reduce((sum, { count }) => sum + count, 0);
}
