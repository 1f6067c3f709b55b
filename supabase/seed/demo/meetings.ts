import { idOf, whole } from './chance.ts';
import { meetings, targets, type Item } from './meeting-texts.ts';
import { city, councilId, parties, partyOf } from './parties.ts';
import { personOf } from './people.ts';
import type { Row } from './store.ts';
import { addDays, at, weekday, type Calendar } from './time.ts';

export type Meetings = {
	meetings: Row[];
	agenda_items: Row[];
	resolutions: Row[];
	votes: Row[];
	targets: Row[];
	audit: Row[];
	/** Which figures each past meeting had before it: those of periods that ended by `until`. */
	snapshots: { meeting: string; taken_at: Date; until: string }[];
	/** Adopted resolutions by their key, with number and day, for what follows from them. */
	decided: Map<string, { id: string; number: string; at: Date }>;
};

const secretariat = personOf('convener', 'admin');
const convener = partyOf('convener');

/** Five meetings that were held, and the next one with its agenda and open proposals. */
export function makeMeetings(calendar: Calendar): Meetings {
	const made: Meetings = {
		meetings: [],
		agenda_items: [],
		resolutions: [],
		votes: [],
		targets: [],
		audit: [],
		snapshots: [],
		decided: new Map()
	};

	meetings.forEach((meeting, index) => {
		const id = idOf(`meeting ${index + 1}`);
		const planned = meeting.month === null;
		const date = weekday(
			planned ? addDays(calendar.today, 14) : `${calendar.months[meeting.month ?? 0]}-18`
		);
		const start = at(date, '14:00');
		const minutes = (after: number) => new Date(start.getTime() + after * 60_000);
		const announced = planned
			? new Date(calendar.now.getTime() - 5 * 86_400_000)
			: at(addDays(date, -20), '10:10');
		made.meetings.push({
			id,
			council_id: councilId,
			number: index + 1,
			title_zh: meeting.title_zh,
			title_en: meeting.title_en,
			place_zh: meeting.place_zh,
			place_en: meeting.place_en,
			scheduled_at: start,
			status: planned ? 'planned' : 'closed',
			opened_at: planned ? null : minutes(4),
			closed_at: planned ? null : minutes(138),
			minutes_zh: meeting.minutes_zh,
			minutes_en: meeting.minutes_en,
			created_by: secretariat,
			created_at: announced
		});
		record(made, announced, 'plan_meeting', 'meeting', id);

		let position = 0;
		meeting.items.forEach((item, order) => {
			const itemId = idOf(`agenda item ${index + 1}.${order + 1}`);
			const status = item.status ?? 'scheduled';
			const proposed = new Date(announced.getTime() + whole(itemId, 60, 4000) * 60_000);
			const proposer = partyOf(item.by);
			made.agenda_items.push({
				id: itemId,
				council_id: councilId,
				meeting_id: status === 'scheduled' ? id : null,
				position: status === 'scheduled' ? ++position : null,
				title_zh: item.title_zh,
				title_en: item.title_en,
				text_zh: item.text_zh,
				text_en: item.text_en,
				indicator_code: item.indicator ?? null,
				region_code: item.region ?? null,
				proposed_by_organisation: proposer.id,
				proposed_by: personOf(item.by, 'delegate'),
				proposed_at: proposed,
				status
			});
			record(made, proposed, 'propose_agenda_item', 'agenda_item', itemId, item.by, 'organisation');
			const scheduled = new Date(proposed.getTime() + 26 * 3600_000);
			if (status === 'scheduled')
				record(made, scheduled, 'schedule_agenda_item', 'agenda_item', itemId);
			if (status === 'declined')
				record(
					made,
					scheduled,
					'decline_agenda_item',
					'agenda_item',
					itemId,
					'convener',
					'organisation'
				);
			if (item.resolution)
				resolve(made, item.resolution, {
					meeting: id,
					number: index + 1,
					item: itemId,
					minutes,
					order
				});
		});

		if (planned) return;
		made.snapshots.push({
			meeting: id,
			taken_at: minutes(4),
			until: lastDay(calendar.months[(meeting.month ?? 2) - 2] ?? '')
		});
		record(made, minutes(138), 'close_meeting', 'meeting', id);
	});
	setTargets(made, calendar);
	return made;
}

type Sitting = {
	meeting: string;
	number: number;
	item: string;
	minutes: (after: number) => Date;
	order: number;
};

function resolve(made: Meetings, resolution: NonNullable<Item['resolution']>, sitting: Sitting) {
	const id = idOf(`resolution ${resolution.key}`);
	const opened = sitting.minutes(20 + sitting.order * 25);
	const decided = sitting.minutes(38 + sitting.order * 25);
	const before = made.resolutions.filter(
		(one) => one.meeting_id === sitting.meeting && one.number
	).length;
	const adopted = resolution.outcome === 'adopted';
	const number = adopted
		? `${decided.toISOString().slice(0, 4)}-${sitting.number}-${before + 1}`
		: null;
	made.resolutions.push({
		id,
		council_id: councilId,
		meeting_id: sitting.meeting,
		agenda_item_id: sitting.item,
		number,
		text_zh: resolution.text_zh,
		text_en: resolution.text_en,
		decision_rule: resolution.rule,
		effective_on: adopted ? addDays(decided.toISOString().slice(0, 10), 14) : null,
		status: resolution.outcome,
		proposed_by: secretariat,
		proposed_at: opened,
		decided_at: decided,
		supersedes: resolution.supersedes ? idOf(`resolution ${resolution.supersedes}`) : null
	});
	if (number) made.decided.set(resolution.key, { id, number, at: decided });
	record(made, opened, 'propose_resolution', 'resolution', id);
	parties
		.filter((party) => party.standing === 'voting')
		.forEach((party, order) => {
			const [choice = 'for', reason = null] = resolution.votes[party.key] ?? [];
			const cast = new Date(opened.getTime() + (180 + order * 41) * 1000);
			made.votes.push({
				resolution_id: id,
				organisation_id: party.id,
				choice,
				reason,
				cast_by: personOf(party.key, 'delegate'),
				cast_at: cast
			});
			record(made, cast, 'cast_vote', 'resolution', id, party.key);
		});
	record(made, decided, 'decide_resolution', 'resolution', id, 'convener', 'council', {
		outcome: resolution.outcome
	});
}

function setTargets(made: Meetings, calendar: Calendar) {
	const period = (calendar.months.at(-1) ?? '').slice(0, 4);
	for (const target of targets) {
		const origin = made.decided.get(target.resolution);
		if (!origin) throw new Error(`There is no adopted resolution ${target.resolution}.`);
		const set = new Date(origin.at.getTime() + 3 * 3600_000);
		const next = target.superseded_by ? made.decided.get(target.superseded_by) : undefined;
		made.targets.push({
			id: idOf(`target ${target.indicator} ${target.region ?? city} ${target.resolution}`),
			council_id: councilId,
			indicator_code: target.indicator,
			region_code: target.region ?? city,
			organisation_id: null,
			period,
			kind: target.kind,
			value: target.value,
			upper_value: null,
			origin_zh: `决议 ${origin.number}`,
			origin_en: `Resolution ${origin.number}`,
			resolution_id: origin.id,
			set_at: set,
			superseded_at: next ? new Date(next.at.getTime() + 3 * 3600_000) : null
		});
		record(made, set, 'set_target', 'indicator', target.indicator, 'convener', 'council', {
			period
		});
	}
}

function record(
	made: Meetings,
	moment: Date,
	verb: string,
	type: string,
	subject: string,
	by = 'convener',
	audience = 'council',
	details: Row = {}
) {
	made.audit.push({
		at: moment,
		council_id: councilId,
		organisation_id: by === 'convener' ? convener.id : partyOf(by).id,
		subject_organisation_id: null,
		person_id: by === 'convener' ? secretariat : personOf(by, 'delegate'),
		audience,
		verb,
		subject_type: type,
		subject_id: subject,
		details
	});
}

function lastDay(month: string): string {
	return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0))
		.toISOString()
		.slice(0, 10);
}
