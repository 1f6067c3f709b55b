import type { MissingReason } from '#lib/datasets/dataset.ts';

export type Entry = {
	measure_code: string;
	region_code: string;
	/** '' where the value is not broken down. */
	occupation: string;
	employment_mode: string;
	/** Null exactly when `missing_reason` says why. */
	value: number | null;
	missing_reason: MissingReason | null;
	explanation: string | null;
	row: number;
	/** Where it stood in the file: D17. */
	cell: string;
};

/** The key of a cell: one measure of one place and breakdown. */
export function cellKey(
	entry: Pick<Entry, 'measure_code' | 'region_code' | 'occupation' | 'employment_mode'>
): string {
	return `${entry.measure_code}|${entry.region_code}|${entry.occupation}|${entry.employment_mode}`;
}

/** The figures of one place and breakdown, in the order of the dataset's measures. */
export type Group = (Entry | undefined)[];
