import type { ActionItem, Report } from '#lib/action-items/action-item.ts';
import type { Effect } from '#lib/action-items/effect.ts';
import type { ActionList, ActionPage } from '#lib/action-items/list.ts';
import type { SeriesRow } from '#lib/indicators/series.ts';
import { askedOf } from '#lib/kernel/list.ts';
import type { Party } from '#lib/kernel/named.ts';
import type { Subject } from '#lib/links/about.ts';
import type { Link } from '#lib/links/link.ts';
import { jsonOf, orNotFound, rows, type Db } from './db.ts';
import * as files from './files.ts';
import { rememberFor } from './process/remember.ts';
import type { Council } from './sharing.ts';

/** A resolution with what a new action item needs to know of it. */
type Origin = {
	id: string;
	number: string | null;
	text_zh: string;
	text_en: string;
	status: string;
	meeting: { id: string; number: number; title_zh: string; title_en: string };
	agenda_item: { indicator_code: string | null; region_code: string | null };
};

type Assignment = {
	origin: Origin;
	council: Council | null;
	/** Whose seat in the council has not ended. */
	parties: Party[];
};

/** A page of the council's action items, with what stands around it, in one call. */
export function page(db: Db, council: string, list: ActionList): Promise<ActionPage> {
	const asked = askedOf(list);
	return rememberFor('acting', db, `action items ${council} ${JSON.stringify(asked)}`, async () => {
		return jsonOf<ActionPage>(await db.rpc('action_items_page', { council, list: asked }));
	});
}

/** An action item with all that its page shows, in one call. @throws refusal not_found */
export function read(db: Db, id: string): Promise<ActionItemPage> {
	return rememberFor('acting', db, `action item ${id}`, async () => {
		const found = await db.rpc('action_item_page', { action_item: id });
		return orNotFound(jsonOf<ActionItemPage | null>(found));
	});
}

type ActionItemPage = {
	item: ActionItem;
	/** Why the reader may not decide on its completion, as the key of a refusal. */
	interest: string | null;
	/** What was reported and decided, oldest first; nothing for those who are neither party nor convener. */
	history: Report[];
	links: Link[];
	/** What it is about, as far as the reader may read that. */
	subject: Subject | null;
	/** What can be said of its effect to the reader; null without an indicator. */
	effect: Effect | null;
	/** The total of its indicator, from a year before what it starts from. */
	series: SeriesRow[];
};

/** A resolution from which an action item is made, and who may take part in it, in one call. Refusals: `not_found`. */
export function assignment(db: Db, council: string, resolution: string): Promise<Assignment> {
	return rememberFor('acting', db, `assignment ${council} ${resolution}`, async () => {
		const found = await db.rpc('assignment_page', { council, resolution });
		return orNotFound(jsonOf<Assignment | null>(found));
	});
}

/** Refusals: `only_the_secretariat`, `resolution_not_adopted`, `action_item_not_valid`. */
export async function assign(
	db: Db,
	item: {
		resolution: string;
		title_zh: string;
		title_en: string;
		done_zh: string;
		done_en: string;
		accountable: string;
		accepting: string;
		due_on: string;
		indicator: string;
		region: string;
		expected_value: number | null;
		baseline_period: string;
	}
): Promise<string> {
	return rows(
		await db.rpc('assign_action_item', {
			...item,
			expected_value: item.expected_value ?? undefined
		})
	);
}

/**
 * Refusals: `action_item_not_found`, `action_item_not_open`, `completion_needs_evidence`, `report_not_valid`, those of a
 * file.
 */
export async function report(
	db: Db,
	action_item: string,
	said: { note: string; progress: number; done: boolean },
	evidence: FormDataEntryValue | null
): Promise<void> {
	const file = await files.prepared(evidence);
	rows(await db.rpc('report_progress', { action_item, ...said, ...file }));
}

/** Refusals: `action_item_not_found`, `action_item_not_reported`. */
export async function accept(db: Db, action_item: string, note: string): Promise<void> {
	rows(await db.rpc('accept_action_item', { action_item, note }));
}

/** Refusals: `return_needs_a_reason`, `action_item_not_found`, `action_item_not_reported`. */
export async function sendBack(db: Db, action_item: string, reason: string): Promise<void> {
	rows(await db.rpc('send_back_action_item', { action_item, reason }));
}

/** Refusals: `only_the_secretariat`, `return_needs_a_reason`, `action_item_not_open`. */
export async function cancel(db: Db, action_item: string, reason: string): Promise<void> {
	rows(await db.rpc('cancel_action_item', { action_item, reason }));
}
