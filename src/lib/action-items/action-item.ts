import type { StoredFile } from '#lib/files/file.ts';
import type { Named, Party, Region } from '#lib/kernel/named.ts';
import type { Indicator } from '#lib/meetings/meeting.ts';
import type { ActionStatus } from './due.ts';

export type ActionLine = {
	id: string;
	title_zh: string;
	title_en: string;
	due_on: string;
	status: ActionStatus;
	progress: number;
	assigned_at: string;
	done_at: string | null;
	accountable_id: string;
	accepting_id: string;
	accountable: Party;
	accepting: Party;
	indicator: (Named & { code: string }) | null;
	region: Region | null;
};

export type ActionItem = Omit<ActionLine, 'indicator'> & {
	council_id: string;
	definition_of_done_zh: string;
	definition_of_done_en: string;
	indicator_code: string | null;
	region_code: string | null;
	expected_value: number | null;
	baseline_period: string | null;
	about_type: string | null;
	about_id: string | null;
	indicator: Indicator | null;
	council: { region_code: string; convener_id: string; is_demo: boolean };
	resolution: {
		id: string;
		number: string | null;
		text_zh: string;
		text_en: string;
		decided_at: string | null;
		meeting: { id: string; number: number; title_zh: string; title_en: string };
	};
};

export type Report = {
	id: string;
	kind: 'progress' | 'done' | 'accepted' | 'sent_back' | 'cancelled';
	/** Null: accepted without a word. */
	note: string | null;
	progress: number | null;
	written_by: string;
	written_at: string;
	organisation_id: string;
	organisation: Party | null;
	files: StoredFile[];
};
