import type { DueDays } from '#lib/deadlines/calendar.ts';
import type { ExtensionRequest, Recorded } from '#lib/deadlines/history.ts';
import type { Identity } from '#lib/server/identity/auth.ts';
import { rows, type Db } from '#lib/server/db.ts';
import * as organisations from '#lib/server/organisations.ts';
import { remember } from '#lib/server/process/remember.ts';
import * as submissions from '#lib/server/submissions.ts';
import type { Obligation } from '#lib/submissions/obligation.ts';

/** A request for more time on which the reader may decide now. */
export type WaitingRequest = {
	id: string;
	obligation_id: string;
	organisation_zh: string;
	organisation_en: string;
	dataset_zh: string;
	dataset_en: string;
	period: string;
	due_on: string;
	wished_on: string;
	asked_at: string;
};

/**
 * An obligation of which the reader sees the due date; `decides`: or decides on it, unless it is their own.
 * @throws refusal obligation_not_found
 */
export async function obligation(
	db: Db,
	id: string
): Promise<{ obligation: Obligation; decides: boolean }> {
	const [decided] = rows(await db.rpc('obligation_to_decide', { obligation: id })) as Obligation[];
	return { obligation: decided ?? (await submissions.obligation(db, id)), decides: !!decided };
}

/**
 * Whether the reader excuses an organisation whose due dates they decide on: the secretariat everybody else, another
 * authority the convener.
 */
export async function excuses(db: Db, acting: App.Acting, owed: Obligation): Promise<boolean> {
	if (owed.organisation_id === acting.organisation_id) return false;
	if (acting.secretariat) return true;
	const { convener_id } = await organisations.council(db, owed.council_id);
	return owed.organisation_id === convener_id;
}

/** The requests, decisions and exceptions about an obligation's due date and the lock after it. */
export async function ofObligation(db: Db, obligation: string): Promise<Recorded> {
	const [requests, excuses, moves, exceptions] = await Promise.all([
		db
			.from('extension_requests')
			.select(
				'id, organisation_id, due_before, wished_on, reason, asked_at, status, due_after, decision_reason, decided_by_organisation, decided_at'
			)
			.eq('obligation_id', obligation)
			.order('asked_at', { ascending: false }),
		db
			.from('excuses')
			.select(
				'id, reason, excused_by_organisation, excused_at, ended_reason, ended_by_organisation, ended_at'
			)
			.eq('obligation_id', obligation)
			.order('excused_at', { ascending: false }),
		db
			.from('calendar_moves')
			.select('id, due_before, due_after, moved_at')
			.eq('obligation_id', obligation),
		db
			.from('lock_exceptions')
			.select('id, reason, until, granted_at')
			.eq('obligation_id', obligation)
	]);
	return {
		requests: rows(requests) as ExtensionRequest[],
		excuses: rows(excuses),
		moves: rows(moves),
		exceptions: rows(exceptions)
	};
}

/** The day wished for by obligation, of requests that nobody has decided on yet. */
export async function openRequests(db: Db): Promise<Record<string, string>> {
	const open = rows(
		await db.from('extension_requests').select('obligation_id, wished_on').eq('status', 'open')
	);
	return Object.fromEntries(open.map((request) => [request.obligation_id, request.wished_on]));
}

/** Requests on which the reader may decide now, the nearest due date first. */
export async function queue(db: Db): Promise<WaitingRequest[]> {
	return rows(await db.rpc('extension_queue'));
}

/** @throws the refusals of request_extension */
export async function request(db: Db, obligation: string, wished: string, reason: string) {
	rows(await db.rpc('request_extension', { obligation, wished, reason }));
}

/** @throws the refusals of withdraw_extension */
export async function withdraw(db: Db, request: string) {
	rows(await db.rpc('withdraw_extension', { request }));
}

/** Moves the due date; gives the working day it came to. @throws the refusals of approve_extension */
export async function approve(
	db: Db,
	request: string,
	due: string,
	note: string | null
): Promise<string> {
	return rows(await db.rpc('approve_extension', { request, due, note: note ?? undefined }));
}

/** @throws the refusals of decline_extension */
export async function decline(db: Db, request: string, reason: string) {
	rows(await db.rpc('decline_extension', { request, reason }));
}

/** @throws the refusals of excuse_obligation */
export async function excuse(db: Db, obligation: string, reason: string) {
	rows(await db.rpc('excuse_obligation', { obligation, reason }));
}

/** @throws the refusals of end_excuse */
export async function endExcuse(db: Db, obligation: string, reason: string) {
	rows(await db.rpc('end_excuse', { obligation, reason }));
}

/** Years of which the State Council's holidays and make-up days are known. */
export function holidayYears(db: Db): Promise<number[]> {
	return remember(db, 'deadlines years', async () => {
		const days = rows(await db.from('calendar_days').select('day'));
		return [...new Set(days.map(({ day }) => Number(day.slice(0, 4))))].sort();
	});
}

/** An address of the organisation's due dates for calendar programs. */
export type CalendarFeed = { id: string; person_id: string; created_at: string };

/** Addresses that work: the reader's own, for an administrator everybody's. */
export async function calendarFeeds(db: Db): Promise<CalendarFeed[]> {
	return rows(
		await db
			.from('calendar_feeds')
			.select('id, person_id, created_at')
			.is('revoked_at', null)
			.order('created_at', { ascending: false })
	);
}

/** Makes an address and gives its token, which is shown once. @throws the refusals of make_calendar_feed */
export async function makeCalendarFeed(db: Db): Promise<string> {
	return rows(await db.rpc('make_calendar_feed'));
}

/** @throws the refusals of revoke_calendar_feed */
export async function revokeCalendarFeed(db: Db, feed: string) {
	rows(await db.rpc('revoke_calendar_feed', { feed }));
}

/** The due dates behind a calendar address; null if it was revoked, or its maker is no longer a member. */
export async function dueDays({ pool }: Identity, token: string): Promise<DueDays | null> {
	const { rows } = await pool.query<{ owed: DueDays | null }>(
		'select private.calendar_of($1) as owed',
		[token]
	);
	return rows[0]?.owed ?? null;
}
