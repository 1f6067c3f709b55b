import { askedOf } from '#lib/kernel/list.ts';
import type { MeetingList, MeetingPage } from '#lib/meetings/list.ts';
import type { Meeting } from '#lib/meetings/meeting.ts';
import { readSnapshot } from '#lib/meetings/snapshot.ts';
import type { Choice, DecisionRule } from '#lib/meetings/voting.ts';
import { jsonOf, orNotFound, rows, type Db } from './db.ts';
import { aboutArguments } from './links.ts';
import { rememberFor } from './process/remember.ts';
import type * as sharing from './sharing.ts';

/** A page of the council's meetings, with what stands around it, in one call. */
export function page(
	db: Db,
	council: string,
	list: MeetingList
): Promise<MeetingPage & { council: sharing.Council | null }> {
	const asked = askedOf(list);
	return rememberFor('acting', db, `meetings ${council} ${JSON.stringify(asked)}`, async () => {
		return jsonOf<Awaited<ReturnType<typeof page>>>(
			await db.rpc('meetings_page', { council, list: asked })
		);
	});
}

/** A meeting as the database gives it: its snapshot is the frozen text still. */
type Frozen = Omit<Meeting, 'snapshot'> & { snapshot: Parameters<typeof readSnapshot>[0] | null };

/**
 * A meeting with all that belongs to it, in one call; live: with the figures of its agenda as the reader may see them now.
 * @throws refusal not_found
 */
export function read(db: Db, id: string, live: boolean): Promise<Meeting> {
	return rememberFor('acting', db, `meeting ${id} ${live}`, async () => {
		const found = await db.rpc('meeting_page', { meeting: id, live });
		const { snapshot, ...meeting } = orNotFound(jsonOf<Frozen | null>(found));
		return { ...meeting, snapshot: snapshot && readSnapshot(snapshot) };
	});
}

/** The exact text whose SHA-256 is the snapshot's hash; null before the meeting has opened. */
export async function snapshotText(db: Db, meeting: string): Promise<string | null> {
	const found = rows(await db.from('snapshots').select('canonical').eq('meeting_id', meeting));
	return found[0]?.canonical ?? null;
}

/** Refusals: `only_the_secretariat`, `meeting_not_valid`. */
export async function plan(
	db: Db,
	council: string,
	meeting: {
		title_zh: string;
		title_en: string;
		scheduled_at: string;
		place_zh: string;
		place_en: string;
	}
): Promise<string> {
	return rows(await db.rpc('plan_meeting', { council, ...meeting }));
}

/** Refusals: `council_not_found`, `only_a_delegate`, `agenda_item_not_valid`, `subject_not_found`. */
export async function propose(
	db: Db,
	council: string,
	item: {
		title_zh: string;
		title_en: string;
		text_zh: string;
		text_en: string;
		indicator: string;
		region: string;
		/** Any row, as `organisation:<id>`; empty: none. */
		about: string;
	}
): Promise<string> {
	const { about, ...said } = item;
	return rows(await db.rpc('propose_agenda_item', { council, ...said, ...aboutArguments(about) }));
}

/** Refusals: `only_the_secretariat`, `meeting_not_planned`, `agenda_item_not_open`. */
export async function schedule(db: Db, agenda_item: string, meeting: string): Promise<void> {
	rows(await db.rpc('schedule_agenda_item', { agenda_item, meeting }));
}

/** Refusals: `only_the_secretariat`, `agenda_item_not_open`. */
export async function decline(db: Db, agenda_item: string): Promise<void> {
	rows(await db.rpc('decline_agenda_item', { agenda_item }));
}

/** Freezes the snapshot. Refusals: `only_the_secretariat`, `meeting_not_planned`, `meeting_has_no_agenda`. */
export async function open(db: Db, meeting: string): Promise<void> {
	rows(await db.rpc('open_meeting', { meeting }));
}

/** Refusals: `only_the_secretariat`, `meeting_not_open`, `resolution_not_valid`. */
export async function putToVote(
	db: Db,
	resolution: {
		agenda_item: string;
		text_zh: string;
		text_en: string;
		decision_rule: DecisionRule;
		effective_on: string | null;
	}
): Promise<string> {
	return rows(
		await db.rpc('propose_resolution', {
			...resolution,
			effective_on: resolution.effective_on ?? undefined
		})
	);
}

/** Refusals: `resolution_not_found`, `only_a_voting_delegate`, `voting_is_over`, `vote_needs_a_reason`. */
export async function vote(
	db: Db,
	resolution: string,
	choice: Choice,
	reason: string
): Promise<void> {
	rows(await db.rpc('cast_vote', { resolution, choice, reason }));
}

/** Refusals: `only_the_secretariat`, `voting_is_over`, `no_quorum`. */
export async function decide(db: Db, resolution: string): Promise<'adopted' | 'rejected'> {
	return rows(await db.rpc('decide_resolution', { resolution })) as 'adopted' | 'rejected';
}

/** Refusals: `only_the_secretariat`, `meeting_not_open`, `voting_still_open`. */
export async function close(
	db: Db,
	meeting: string,
	minutes: { minutes_zh: string; minutes_en: string }
): Promise<void> {
	rows(await db.rpc('close_meeting', { meeting, ...minutes }));
}
