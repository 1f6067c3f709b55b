import { askedOf } from '#lib/kernel/list.ts';
import type { MeetingList, MeetingPage } from '#lib/meetings/list.ts';
import type {
	AgendaItem,
	CouncilSeat,
	LiveFigure,
	Meeting,
	MeetingFacts,
	Resolution
} from '#lib/meetings/meeting.ts';
import { readSnapshot } from '#lib/meetings/snapshot.ts';
import type { Choice, DecisionRule } from '#lib/meetings/voting.ts';
import { jsonOf, rows, type Db } from './db.ts';
import { aboutArguments } from './links.ts';
import { rememberFor } from './process/remember.ts';
import * as revisions from './revisions.ts';
import type { RevisedPeriod } from '#lib/revisions/revision.ts';
import * as sharing from './sharing.ts';

// Embeds name their foreign key: two tables are often joined by several ways, and the embedded API refuses to guess.
const party = 'id, name_zh, name_en, short_zh, short_en';
const indicatorFields =
	'code, name_zh, name_en, decimals, direction, suppression_threshold, unit:units!indicators_unit_fkey(symbol_zh, symbol_en)';

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

/**
 * A meeting with all that belongs to it.
 * Refusals: `not_found`.
 */
export async function read(db: Db, id: string): Promise<Meeting> {
	const facts = rows(
		await db
			.from('meetings')
			.select(
				'*, council:councils!meetings_council_id_fkey(name_zh, name_en, region_code, is_demo)'
			)
			.eq('id', id)
			.single()
	) as MeetingFacts;
	const [agenda, resolutions, seats, snapshots] = await Promise.all([
		db
			.from('agenda_items')
			.select(
				`*, indicator:indicators!agenda_items_indicator_code_fkey(${indicatorFields}), region:regions!agenda_items_region_code_fkey(code, name_zh, name_en),
				proposer:organisations!agenda_items_proposed_by_organisation_fkey(${party})`
			)
			.eq('meeting_id', id)
			.eq('status', 'scheduled')
			.order('position'),
		db
			.from('resolutions')
			.select(
				`id, agenda_item_id, number, text_zh, text_en, decision_rule, effective_on, status, proposed_at, decided_at,
				votes!votes_resolution_id_fkey(organisation_id, choice, reason, cast_at),
				action_items!action_items_resolution_id_fkey(id, title_zh, title_en, status, due_on, accountable_id)`
			)
			.eq('meeting_id', id)
			.order('proposed_at'),
		db
			.from('council_seats')
			.select(
				`organisation_id, standing, since, until, organisation:organisations!council_seats_organisation_id_fkey(${party}, kind)`
			)
			.eq('council_id', facts.council_id),
		db.from('snapshots').select('taken_at, sha256, canonical').eq('meeting_id', id)
	]);
	const frozen = rows(snapshots)[0];
	return {
		facts,
		agenda: rows(agenda) as AgendaItem[],
		resolutions: rows(resolutions) as Resolution[],
		seats: rows(seats) as CouncilSeat[],
		snapshot: frozen ? readSnapshot(frozen) : null
	};
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

/** The series behind each agenda item with an indicator, as the reader may see them now, by the item's id. */
export async function liveAgenda(
	db: Db,
	meeting: Pick<Meeting, 'agenda' | 'facts'>
): Promise<Map<string, LiveFigure[]>> {
	const linked = meeting.agenda.filter((item) => item.indicator_code !== null);
	const series = await Promise.all(
		linked.map((item) =>
			sharing.series(db, meeting.facts.council_id, item.indicator_code ?? '', {
				region: item.region_code
			})
		)
	);
	return new Map(
		linked.map((item, index) => [
			item.id,
			(series[index] ?? []).filter((figure) => figure.scope === 'total')
		])
	);
}

/** The revisions of each agenda item's figure, by the item's id; nothing to look for before the meeting has opened. */
export async function revisedAgenda(
	db: Db,
	meeting: Pick<Meeting, 'agenda' | 'facts' | 'snapshot'>
): Promise<Map<string, RevisedPeriod[]>> {
	if (!meeting.snapshot) return new Map();
	const linked = meeting.agenda.filter((item) => item.indicator_code !== null);
	const revised = await Promise.all(
		linked.map((item) =>
			revisions.ofIndicator(
				db,
				meeting.facts.council_id,
				item.indicator_code ?? '',
				item.region_code
			)
		)
	);
	return new Map(linked.map((item, index) => [item.id, revised[index] ?? []]));
}
