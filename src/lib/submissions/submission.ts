import type { SubmissionStatus } from './states.ts';
import type { Params } from '#lib/sheets/table.ts';

export type Submission = {
	id: string;
	obligation_id: string;
	council_id: string;
	organisation_id: string;
	dataset_code: string;
	period: string;
	version: number | null;
	status: Exclude<SubmissionStatus, 'draft'>;
	stage: number;
	file_name: string;
	row_count: number | null;
	warnings: Warning[];
	created_by: string;
	submitted_at: string | null;
	late_days: number | null;
	decided_at: string | null;
	/** Of a version that came back: what was accepted all the same. */
	accepted_measures: string[];
};

/** A rule that was not met and the explanation given for it; it travels with the filing to the reviewer. */
export type Warning = {
	rule: string;
	params: Params;
	cell: string;
	value: string;
	explanation: string;
};

/** The receipt in the hands of whoever filed. Hashes are SHA-256 in hex; `repeated`: this file was filed before. */
export type Receipt = {
	submission: string;
	status: SubmissionStatus;
	version: number;
	dataset: string;
	period: string;
	organisation_zh: string;
	organisation_en: string;
	file_name: string;
	file_sha256: string;
	values_sha256: string;
	row_count: number;
	submitted_at: string;
	submitted_by: string | null;
	late_days: number;
	/** Cells corrected on the page before filing; the file itself stays as it was. */
	corrections: Correction[];
	repeated?: boolean;
};

export type Correction = { cell: string; from: string; to: string };

export type FiledEntry = {
	position: number;
	measure_code: string;
	region_code: string;
	occupation: string;
	employment_mode: string;
	value: number | null;
	missing_reason: string | null;
	explanation: string | null;
	cell: string | null;
};

export type SummaryLine = {
	measure_code: string;
	position: number;
	name_zh: string;
	name_en: string;
	unit: string;
	additive: boolean;
	total: number | null;
	missing_count: number;
	entry_count: number;
	previous_version_total: number | null;
	history: { period: string; value: number | null }[];
};

/** A value that is not what it was; null where there is or was none. */
export type Changed = {
	position: number | null;
	measure_code: string;
	region_code: string;
	occupation: string;
	employment_mode: string;
	cell: string | null;
	value: number | null;
	missing_reason: string | null;
	before_value: number | null;
	before_missing_reason: string | null;
};
