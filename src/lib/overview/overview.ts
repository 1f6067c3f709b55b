import type { Named, Party, Region } from '#lib/kernel/named.ts';
import type { Values } from '#lib/kernel/database-values.ts';
import type { Moved } from '#lib/indicators/series.ts';
import type { Aim, Judged } from '#lib/indicators/target-status.ts';
import type { Tone } from '#lib/ui/tone.ts';

/** An indicator of the whole, in the newest finished period or else the newest, as `overview_page` gives it. */
export interface OverviewFigure {
	code: string;
	period: string;
	version: number;
	numerator: number | null;
	denominator: number | null;
	value: number | null;
	hidden: string | null;
	contributors: number;
	expected: number | null;
	share: number | null;
	finished: boolean;
	accepted_at: string | null;
	/** Up to that period, oldest first. */
	trend: {
		period: string;
		value: number | null;
		hidden: string | null;
		version: number;
		finished: boolean;
	}[];
	/** The newest period, where it is unfinished. */
	later: { period: string; contributors: number; expected: number | null } | null;
	/** Of finished periods only. */
	change: Moved | null;
	aim: Aim | null;
	/** The figure by which the target is judged, where its period is longer than the filed ones. */
	judged: Judged | null;
}

/** A figure of an indicator (`code`) of one county or organisation (`of`); `hidden` says why there is no value. */
export interface OverviewCell {
	code: string;
	of: string;
	value: number | null;
	hidden: string | null;
	/** Of counties only. */
	finished?: boolean;
}

/** The chosen indicator in one county and period. */
export interface MonthCell {
	of: string;
	period: string;
	version: number;
	value: number | null;
	hidden: string | null;
	finished: boolean;
}

/** An organisation that is asked for figures. */
export interface OverviewOrganisation extends Party {
	kind: string;
	/** Whether the reader may read its figures. */
	readable: boolean;
}

/** How a filing stands; of organisations whose filings the reader does not read, no decision is told. */
export type FilingState = 'excused' | 'accepted' | 'filed' | 'returned' | 'awaited' | 'late';

/** The newest opened period of a dataset, and how it stands with everybody who owes it. */
export interface FilingStrip extends Named<string> {
	dataset: string;
	period: string;
	due_on: string;
	/** Of those not excused. */
	owed: number;
	received: number;
	accepted: number;
}

/** How the filing of an organisation stands. */
export interface FilingParty extends Named<string> {
	dataset: string;
	organisation: string;
	short_zh: string | null;
	short_en: string | null;
	state: FilingState;
	/** Where the reader may open it. */
	obligation: string | null;
	submission: string | null;
}

interface ChainTask extends Named<string> {
	id: string;
	title_zh: string;
	title_en: string;
	status: Values['action_items.status'];
	due_on: string;
	progress: number;
	done_on: string | null;
}

/** A resolution with the tasks it led to. */
export interface ChainLink {
	id: string;
	meeting_id: string;
	number: string | null;
	text_zh: string;
	text_en: string;
	status: Values['resolutions.status'];
	decided_at: string | null;
	tasks: ChainTask[];
}

/** The newest meeting that was opened. */
export interface LastMeeting {
	id: string;
	number: number;
	title_zh: string;
	title_en: string;
	opened_at: string;
}

/** What the database answers. */
export interface OverviewAnswer {
	council: (Named<string> & { id: string; region_code: string; is_demo: boolean }) | null;
	figures: OverviewFigure[];
	regions: Region[];
	districts: OverviewCell[];
	/** The indicator drawn over time. */
	chosen: string | null;
	months: MonthCell[];
	/** What it changed by on the year, in each county whose newest period is finished. */
	moved: (Moved & { of: string })[];
	organisations: OverviewOrganisation[];
	/** Of the organisations that the reader may read. */
	cells: OverviewCell[];
	filings: FilingStrip[];
	parties: FilingParty[];
	resolutions: ChainLink[];
	meeting: LastMeeting | null;
}

/** An indicator as the picture names it, with its figure and how it stands to its target. */
export interface OverviewRow extends Named<string> {
	code: string;
	symbol_zh: string;
	symbol_en: string;
	decimals: number;
	threshold: number;
	direction: 'higher' | 'lower' | 'neutral' | 'range';
	/** It counts something, instead of being a share or rate. */
	counts: boolean;
	period: string;
	value: number | null;
	hidden: string | null;
	contributors: number;
	expected: number | null;
	finished: boolean;
	accepted_at: string | null;
	later: OverviewFigure['later'];
	change: Moved | null;
	/** How much its changes vary anyway. */
	spread: number | null;
	aim: Aim | null;
	/** What is judged by the target: added up over its own period so far, else null for the newest figure. */
	judged: { value: number; period: string; newest: string } | null;
	status: Tone | null;
	/** How far it is from its target as a share of the target, negative where it falls short. */
	distance: number | null;
}
