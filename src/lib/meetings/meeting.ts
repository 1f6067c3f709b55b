import type { Values } from '#lib/kernel/database-values.ts';
import type { Named, Party, Region } from '#lib/kernel/named.ts';
import type { ActionStatus } from '#lib/action-items/due.ts';
import type { SeriesRow } from '#lib/indicators/series.ts';
import type { Subject } from '#lib/links/about.ts';
import type { RevisedPeriod } from '#lib/revisions/revision.ts';
import type { Snapshot } from './snapshot.ts';
import type { Choice, DecisionRule, Seat } from './voting.ts';

type MeetingStatus = Values['meetings.status'];

export type MeetingLine = {
	id: string;
	number: number;
	title_zh: string;
	title_en: string;
	place_zh: string;
	place_en: string;
	scheduled_at: string;
	status: MeetingStatus;
	/** How many. */
	agenda_items: number;
	/** How many resolutions. */
	adopted: number;
};

export type Indicator = {
	code: string;
	name_zh: string;
	name_en: string;
	decimals: number;
	direction: 'higher' | 'lower' | 'neutral' | 'range';
	suppression_threshold: number;
	unit: { symbol_zh: string; symbol_en: string };
};

export type Proposal = {
	id: string;
	title_zh: string;
	title_en: string;
	text_zh: string;
	text_en: string;
	status: Values['agenda_items.status'];
	proposed_at: string;
	meeting_id: string | null;
	indicator: (Named & { code: string }) | null;
	region: Region | null;
	proposer: Party | null;
};

export type AgendaItem = Omit<Proposal, 'indicator'> & {
	position: number;
	indicator_code: string | null;
	region_code: string | null;
	about_type: string | null;
	about_id: string | null;
	indicator: Indicator | null;
};

export type Vote = {
	organisation_id: string;
	choice: Choice;
	reason: string | null;
	cast_at: string;
};

export type Resolution = {
	id: string;
	agenda_item_id: string;
	number: string | null;
	text_zh: string;
	text_en: string;
	decision_rule: DecisionRule;
	effective_on: string | null;
	status: Values['resolutions.status'];
	proposed_at: string;
	decided_at: string | null;
	votes: Vote[];
	action_items: {
		id: string;
		title_zh: string;
		title_en: string;
		status: ActionStatus;
		due_on: string;
		accountable_id: string;
	}[];
};

export type CouncilSeat = Seat & {
	organisation_id: string;
	organisation: Party & { kind: string };
};

type MeetingFacts = Omit<MeetingLine, 'agenda_items' | 'adopted'> & {
	council_id: string;
	opened_at: string | null;
	closed_at: string | null;
	minutes_zh: string;
	minutes_en: string;
	council: Named & { region_code: string; is_demo: boolean };
};

export type Meeting = {
	facts: MeetingFacts;
	agenda: AgendaItem[];
	resolutions: Resolution[];
	seats: CouncilSeat[];
	snapshot: Snapshot | null;
	/** What its agenda items are about, as far as the reader may read that. */
	subjects: Subject[];
	/** The total behind each agenda item with an indicator and, once the meeting has opened, its revisions, by the item's id. */
	live: Record<string, LiveFigure[]>;
	revised: Record<string, RevisedPeriod[]>;
};

/** One period of an indicator's total as the reader may see it now. */
export type LiveFigure = SeriesRow;
