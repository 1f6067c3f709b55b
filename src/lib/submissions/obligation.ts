import type { FilingState } from './states.ts';

/** An obligation with its newest filing, as the reader may see it. */
export type Obligation = {
	id: string;
	council_id: string;
	organisation_id: string;
	organisation_zh: string;
	organisation_en: string;
	short_zh: string;
	short_en: string;
	dataset_code: string;
	dataset_zh: string;
	dataset_en: string;
	frequency: string;
	period: string;
	opens_on: string;
	due_on: string;
	/** The first one, where a decision moved it. */
	original_due_on: string | null;
	excused_reason: string | null;
	submission_id: string | null;
	version: number | null;
	submission_status: string | null;
	submitted_at: string | null;
	late_days: number | null;
	row_count: number | null;
	state: FilingState;
	/** The last day on which an accepted filing may be corrected without an exception; null: every day. */
	locks_on: string | null;
	/** Whether a filing was accepted: another one is then a correction. */
	accepted_before: boolean;
	/** Of the last accepted filing of an earlier period. */
	rows_before: number | null;
};
