import type { DueDays } from '#lib/deadlines/calendar.ts';
import type { Recorded } from '#lib/deadlines/history.ts';
import type { Named } from '#lib/kernel/named.ts';
import type { Identity } from '#lib/server/identity/auth.ts';
import { jsonOf, orNotFound, rows, type Db } from '#lib/server/db.ts';
import { remember, rememberFor } from '#lib/server/process/remember.ts';
import type { Obligation } from '#lib/submissions/obligation.ts';

/** An obligation of which the reader sees the due date, with all that its page shows, in one call. @throws refusal obligation_not_found */
export function page(db: Db, id: string): Promise<DeadlinePage> {
	return rememberFor('person', db, `deadline ${id}`, async () => {
		const found = await db.rpc('deadline_page', { obligation: id });
		return orNotFound(jsonOf<DeadlinePage | null>(found), 'obligation_not_found');
	});
}

type DeadlinePage = Recorded & {
	obligation: Obligation;
	/** Whether the reader decides on it, unless it is their own. */
	decides: boolean;
	/** Who convenes its council. */
	convener_id: string | null;
	/** Requests on which the reader may decide now. */
	waiting: string[];
	/** Of organisations, by id. */
	names: Record<string, Named<string>>;
};

/**
 * Whether the reader excuses an organisation whose due dates they decide on: the secretariat everybody else, another
 * authority the convener.
 */
export function excuses(
	acting: App.Acting | null,
	{ obligation, decides, convener_id }: DeadlinePage
): boolean {
	if (!decides || !acting || obligation.organisation_id === acting.organisation_id) return false;
	return acting.secretariat || obligation.organisation_id === convener_id;
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
