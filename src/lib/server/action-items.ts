import type { ActionItem, Report } from '#lib/action-items/action-item.ts';
import type { ActionList, ActionPage } from '#lib/action-items/list.ts';
import { askedOf } from '#lib/kernel/list.ts';
import { jsonOf, rows, type Db } from './db.ts';
import * as files from './files.ts';
import { rememberFor } from './process/remember.ts';

/** An adopted resolution with what a new action item needs to know of it. */
export type Origin = {
	id: string;
	number: string | null;
	text_zh: string;
	text_en: string;
	status: string;
	meeting: { id: string; number: number; title_zh: string; title_en: string };
	agenda_item: { indicator_code: string | null; region_code: string | null };
};

const party = 'id, name_zh, name_en, short_zh, short_en';
const lineFields = `id, title_zh, title_en, due_on, status, progress, assigned_at, done_at, accountable_id, accepting_id,
	accountable:organisations!action_items_accountable_id_fkey(${party}), accepting:organisations!action_items_accepting_id_fkey(${party}),
	region:regions!action_items_region_code_fkey(code, name_zh, name_en)`;

/** A page of the council's action items, with what stands around it, in one call. */
export function page(db: Db, council: string, list: ActionList): Promise<ActionPage> {
	const asked = askedOf(list);
	return rememberFor('acting', db, `action items ${council} ${JSON.stringify(asked)}`, async () => {
		return jsonOf<ActionPage>(await db.rpc('action_items_page', { council, list: asked }));
	});
}

/** Refusals: `not_found`. */
export async function read(db: Db, id: string): Promise<ActionItem> {
	return rows<ActionItem>(
		await db
			.from('action_items')
			.select(
				`${lineFields}, council_id, definition_of_done_zh, definition_of_done_en, indicator_code, region_code,
				expected_value, baseline_period, about_type, about_id,
				indicator:indicators!action_items_indicator_code_fkey(code, name_zh, name_en, decimals, direction, suppression_threshold, unit:units!indicators_unit_fkey(symbol_zh, symbol_en)),
				council:councils!action_items_council_id_fkey(region_code, convener_id, is_demo),
				resolution:resolutions!action_items_resolution_id_fkey(id, number, text_zh, text_en, decided_at, meeting:meetings!resolutions_meeting_id_fkey(id, number, title_zh, title_en))`
			)
			.eq('id', id)
			.single()
	);
}

/** What was reported and decided, oldest first; nothing for those who are neither party nor convener. */
export async function history(db: Db, id: string): Promise<Report[]> {
	const reports = rows(
		await db
			.from('action_reports')
			.select(
				`id, kind, note, progress, written_by, written_at, organisation_id, organisation:organisations!action_reports_organisation_id_fkey(${party})`
			)
			.eq('action_item_id', id)
			.order('written_at')
	) as Omit<Report, 'files'>[];
	const evidence = await files.of(
		db,
		'action_report',
		reports.map((report) => report.id)
	);
	return reports.map((report) => ({ ...report, files: evidence.get(report.id) ?? [] }));
}

/** Refusals: `not_found`. */
export async function origin(db: Db, resolution: string): Promise<Origin> {
	return rows<Origin>(
		await db
			.from('resolutions')
			.select(
				'id, number, text_zh, text_en, status, meeting:meetings!resolutions_meeting_id_fkey(id, number, title_zh, title_en), agenda_item:agenda_items!resolutions_agenda_item_id_fkey(indicator_code, region_code)'
			)
			.eq('id', resolution)
			.single()
	);
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
