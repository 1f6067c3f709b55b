import type { FiledEntry } from '#lib/submissions/submission.ts';
import type { MarkCode, MarkedCell, Mark, Opens } from './marks.ts';

export type Review = {
	id: string;
	submission_id: string;
	stage: number;
	organisation_id: string;
	reviewed_at: string;
	decision: 'accept' | 'return';
	reason: string | null;
	marks: Mark[];
};

/** One thing that happened to a value; null: not said by this kind of event. */
export type ThreadEvent = {
	at: string;
	kind: 'value' | 'correction' | 'mark' | 'reply';
	version: number;
	submission_id: string;
	organisation_id: string;
	value: number | null;
	missing_reason: string | null;
	cell: string | null;
	code: MarkCode | null;
	opens: Opens | null;
	note: string | null;
};

/** The accepted totals of the others that file the same: quartiles, and each by name. */
export type Peers = {
	measure_code: string;
	period: string;
	peers: number;
	lower: number | null;
	median: number | null;
	upper: number | null;
	named: { name_zh: string; name_en: string; value: number }[];
};

export type QueueItem = {
	submission_id: string;
	organisation_id: string;
	organisation_zh: string;
	organisation_en: string;
	dataset_code: string;
	dataset_zh: string;
	dataset_en: string;
	period: string;
	version: number;
	stage: number;
	review_stages: number;
	row_count: number;
	warning_count: number;
	submitted_at: string;
	due_on: string;
	late_days: number;
	returned_before: boolean;
	/** How many measures the return before it accepted. */
	accepted_before: number;
	/** No other period of the dataset was accepted: there is nothing to compare with. */
	first_filing: boolean;
	/** How many warnings of each kind of rule travel with it; `other`: of no rule that is kept. */
	fired: Record<string, number>;
	/** Points, as review_queue counts them. */
	risk: number;
};

/** The return of a version as the database knows it. */
export type Returned = { review: Review; entries: FiledEntry[]; replies: Reply[] };

/** The return of a version: its reason, and its marked cells with their replies. */
export type CameBack = {
	submission: string;
	organisation_id: string;
	reason: string | null;
	marks: (MarkedCell & { replies: Reply[] })[];
};

/** What the organisation answered to a mark. */
type Reply = { id: string; position: number; text: string; replied_at: string };
