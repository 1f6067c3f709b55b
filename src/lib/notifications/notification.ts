import type { DigestItem } from './digest.ts';

/** What the reader was told. */
export type Notification = DigestItem & {
	id: string;
	created_at: string;
	read_at: string | null;
	/** Not read, and there is nothing in it any more. */
	passed: boolean;
	organisation_id: string | null;
};
