/** A value as it was and as it is; null with a reason is missing, null without one was not there. */
export type ChangedValue = {
	measure_code: string;
	region_code: string;
	occupation: string;
	employment_mode: string;
	old_value: number | null;
	old_missing: string | null;
	new_value: number | null;
	new_missing: string | null;
};

/** An aggregate before and after: the organisation's own, and everybody's where the reader may know it. */
export type Effect = {
	kind: 'measure' | 'indicator';
	code: string;
	region: string;
	name_zh: string;
	name_en: string;
	decimals: number;
	region_zh: string;
	region_en: string | null;
	own_before: number | null;
	own_after: number | null;
	total_before: number | null;
	total_after: number | null;
};

/** A revision of an accepted filing: under way, accepted (`revised_at`) or withdrawn. */
export type Revision = {
	id: string;
	number: number;
	replaces_id: string;
	submission_id: string | null;
	reason: string;
	opened_by_name: string | null;
	opened_by_zh: string;
	opened_by_en: string;
	opened_at: string;
	accepted_by_zh: string | null;
	accepted_by_en: string | null;
	revised_at: string | null;
	withdrawn_at: string | null;
	effects: Effect[];
};

export type Exception = { id: string; reason: string; until: string; granted_at: string };

export type Objection = {
	id: string;
	submission_id: string;
	organisation_id: string;
	kind: 'return' | 'reopening';
	reason: string;
	objected_at: string;
	outcome: 'upheld' | 'accepted_as_filed' | 'withdrawn' | null;
	decision_reason: string | null;
	decided_at: string | null;
};

/** A period of an indicator that was revised; whose and how much only where the reader may know it. */
export type RevisedPeriod = {
	period: string;
	revised_at: string;
	submission_id: string | null;
	organisation_zh: string | null;
	organisation_en: string | null;
	reason: string | null;
	own_before: number | null;
	own_after: number | null;
	total_before: number | null;
	total_after: number | null;
	/** The reason of the exception by which it was revised although the period was locked. */
	exception: string | null;
};
