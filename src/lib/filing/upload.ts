import type { Reading } from '#lib/sheets/mapping.ts';
import type { Table } from '#lib/sheets/table.ts';
import type { Checked } from './checked.ts';

/** A file that is being corrected: what is known of it, beside its bytes. */
export type Upload = {
	id: string;
	person: string;
	organisation: string;
	obligation: string;
	name: string;
	size: number;
	sha256: string;
	kept_at: number;
	reading: Reading;
	/** The name under which the columns were remembered, where that was applied. */
	remembered: string | null;
	/** What the last check found; the rows and entries stay in the file. */
	found: { table: Table; checked: Checked };
};
