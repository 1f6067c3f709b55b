import type { DatedRegion } from '#lib/datasets/dataset.ts';
import type { Superior } from '#lib/regions/find-region.ts';
import type { Problem, Verdict } from '#lib/sheets/table.ts';
import type { Entry } from './entry.ts';
import type { Explanation } from './explanations.ts';
import type { Locked } from './locked-cells.ts';

export type Context = {
	/** Every region of the dataset's level that may be meant, withdrawn ones too. */
	regions: Iterable<DatedRegion>;
	/** The code prefix inside which the organisation files. */
	jurisdiction: string;
	/** What those regions lie in. */
	superiors?: Superior[];
	/** 2026-03, 2026-Q1, 2026-H1 or 2026; '' where nobody said, and then it is not compared. */
	period: string;
	/** '' where nobody said. */
	organisation_id: string;
	/** Answers of the mapping step: column name or letters → `region`, `value:CODE`, `ignore`, … */
	mapping?: Record<string, string>;
	/** Cells corrected after the upload, by address: what stands there instead. */
	corrections?: Record<string, string>;
	/** Explanations given after the upload. */
	explanations?: Explanation[];
	/** Accepted values of the previous period by `cellKey`, for rules about jumps. */
	previous?: Map<string, number>;
	/** What a return did not open. */
	locked?: Locked | null;
	/** Own totals of earlier periods and of the same one, for rules that compare totals. */
	sums?: Sum[];
	/** The usual range of rates among peers, by rule; nothing where there are too few of them. */
	fences?: Fence[];
};

export type Sum = {
	measure: string;
	name_zh: string;
	name_en: string;
	period: string;
	value: number;
	/** Filed and not decided yet; otherwise accepted. */
	waiting?: boolean;
};

export type Fence = {
	measure: string;
	denominator: string;
	k: number;
	lower: number;
	upper: number;
};

/** A rule that was not met but may stand: with `explanation` it can be filed, and travels to the reviewer. */
export type WarningFound = Problem & { explanation: string };

export type Checked = {
	verdict: Verdict;
	layout: 'wide' | 'long' | null;
	/** What each column was taken for, for the mapping step: target as `region`, `value:CODE`, '' unknown. */
	columns: { letters: string; name: string; target: string }[];
	/** Empty unless everything is right: a filing is stored whole or not at all. */
	entries: Entry[];
	/** Errors and questions, folded, at most 1,000. */
	problems: Problem[];
	problem_count: number;
	warnings: WarningFound[];
	/** Warnings whose explanation is missing or shorter than 10 characters. */
	unexplained: number;
};
