import type { FilingState } from '#lib/submissions/states.ts';
/** An obligation of the newest opened periods, and what came for it. `late_days`: of its first version, or so far. */
export type GridCell = {
	obligation_id: string;
	organisation_id: string;
	organisation_zh: string;
	organisation_en: string;
	short_zh: string;
	short_en: string;
	dataset_code: string;
	dataset_zh: string;
	dataset_en: string;
	period: string;
	due_on: string;
	state: FilingState;
	submission_id: string | null;
	excused: boolean;
	counted: boolean;
	received: boolean;
	late_days: number;
	approved: boolean;
	cells_filled: number;
	cells_required: number;
};

/** An organisation's submissions for a dataset in these periods, as numerators and denominators of rates. */
export type Rates = {
	organisation_id: string;
	organisation_zh: string;
	organisation_en: string;
	dataset_code: string;
	expected: number;
	excused: number;
	received: number;
	on_time: number;
	approved: number;
	cells_filled: number;
	cells_required: number;
	first_decided: number;
	first_passed: number;
	decisions: number;
	returns: number;
};
