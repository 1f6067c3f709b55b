import { whole } from './chance.ts';
import { meetings as told, type Item, type MeetingText } from './meeting-texts.ts';
import { councilId } from './parties.ts';
import { secretariat, who, type Chapter } from './story.ts';
import type { Scene } from './tell.ts';
import { addDays, at, day, weekday, type Calendar } from './time.ts';

/** A meeting with its hours. */
export type Session = {
	text: MeetingText;
	name: string;
	announced: Date;
	start: Date;
	/** The next one: nobody has met yet. */
	planned: boolean;
};

export function sessions(calendar: Calendar): Session[] {
	return told.map((text, index) => {
		const planned = text.month === null;
		// Early in the month, before anything of the last one is accepted: what lies on the table is whole.
		const date = weekday(
			planned ? addDays(calendar.today, 14) : `${calendar.months[text.month ?? 0]}-03`
		);
		return {
			text,
			name: `meeting ${index + 1}`,
			announced: planned
				? new Date(calendar.now.getTime() - 5 * day)
				: at(addDays(date, -20), '10:10'),
			start: at(date, '14:00'),
			planned
		};
	});
}

/** A minute of a meeting. */
export function minute({ start }: Session, after: number): Date {
	return new Date(start.getTime() + after * 60_000);
}

/** What an item of an agenda is called, by its place from 0. */
export function itemOf({ name }: Session, order: number): string {
	return `item ${order + 1} of ${name}`;
}

/** Five meetings that were held, and the next one with its agenda and open proposals. */
export const meetings: Chapter = ({ calendar }) =>
	sessions(calendar).flatMap((session) => [
		planned(session),
		...agenda(session),
		...(session.planned ? [] : held(session))
	]);

function planned({ text, name, announced, start }: Session): Scene {
	const { title_zh, title_en, place_zh, place_en } = text;
	return {
		at: announced,
		by: secretariat,
		async does({ call, ids }) {
			const meeting = { title_zh, title_en, place_zh, place_en, scheduled_at: start };
			ids.keep(name, await call('plan_meeting', { council: councilId, ...meeting }));
		}
	};
}

/** Delegates propose; the secretariat goes through the proposals in one sitting, in the order of the agenda. */
function agenda(session: Session): Scene[] {
	const { text, name, announced } = session;
	const proposed = text.items.map(
		(_, order) =>
			new Date(announced.getTime() + whole(`proposal ${itemOf(session, order)}`, 60, 4000) * 60_000)
	);
	const sitting = Math.max(...proposed.map((moment) => moment.getTime())) + 26 * 3600_000;
	return text.items.flatMap((item, order) => {
		const called = itemOf(session, order);
		const propose: Scene = {
			at: proposed[order] ?? announced,
			by: who(item.by, 'delegate'),
			async does({ call, ids }) {
				ids.keep(called, await call('propose_agenda_item', proposalOf(item)));
			}
		};
		if (item.status === 'proposed') return [propose];
		const decide: Scene = {
			at: new Date(sitting + order * 60_000),
			by: secretariat,
			async does({ call, ids }) {
				const agenda_item = ids.of(called);
				if (item.status === 'declined') await call('decline_agenda_item', { agenda_item });
				else await call('schedule_agenda_item', { agenda_item, meeting: ids.of(name) });
			}
		};
		return [propose, decide];
	});
}

function proposalOf({ title_zh, title_en, text_zh, text_en, indicator, region }: Item) {
	return { council: councilId, title_zh, title_en, text_zh, text_en, indicator, region };
}

function held(session: Session): Scene[] {
	const { minutes_zh, minutes_en } = session.text;
	return [
		{
			at: minute(session, 4),
			by: secretariat,
			async does({ call, ids }) {
				await call('open_meeting', { meeting: ids.of(session.name) });
			}
		},
		{
			at: minute(session, 138),
			by: secretariat,
			async does({ call, ids }) {
				await call('close_meeting', { meeting: ids.of(session.name), minutes_zh, minutes_en });
			}
		}
	];
}
