import type { Item } from './meeting-texts.ts';
import { itemOf, minute, sessions, type Session } from './meetings.ts';
import { parties } from './parties.ts';
import { secretariat, who, type Chapter } from './story.ts';
import type { Scene } from './tell.ts';
import { addDays, dateOf, type Calendar } from './time.ts';

type Resolution = NonNullable<Item['resolution']>;

/** What the meetings decided: put to the vote, voted on by every voting seat, adopted or rejected. */
export const resolutions: Chapter = ({ calendar }) =>
	sessions(calendar).flatMap((session) =>
		session.text.items.flatMap(({ resolution }, order) =>
			resolution ? voted(session, order, resolution) : []
		)
	);

/** When a resolution was decided, by its key. */
export function decidedAt(calendar: Calendar, key: string): Date {
	for (const session of sessions(calendar)) {
		const order = session.text.items.findIndex(({ resolution }) => resolution?.key === key);
		if (order >= 0) return hours(session, order).decided;
	}
	throw new Error(`There is no resolution ${key}.`);
}

function hours(session: Session, order: number) {
	return {
		proposed: minute(session, 20 + order * 25),
		decided: minute(session, 38 + order * 25)
	};
}

function voted(session: Session, order: number, told: Resolution): Scene[] {
	const name = `resolution ${told.key}`;
	const { proposed, decided } = hours(session, order);
	const propose: Scene = {
		at: proposed,
		by: secretariat,
		async does({ call, ids }) {
			const made = await call('propose_resolution', {
				agenda_item: ids.of(itemOf(session, order)),
				text_zh: told.text_zh,
				text_en: told.text_en,
				decision_rule: told.rule,
				effective_on: told.outcome === 'adopted' ? addDays(dateOf(decided), 14) : null,
				supersedes: told.supersedes && ids.of(`resolution ${told.supersedes}`)
			});
			ids.keep(name, made);
		}
	};
	const votes = parties
		.filter(({ standing }) => standing === 'voting')
		.map(({ key }, place): Scene => {
			const [choice = 'for', reason = null] = told.votes[key] ?? [];
			return {
				at: new Date(proposed.getTime() + (180 + place * 41) * 1000),
				by: who(key, 'delegate'),
				async does({ call, ids }) {
					await call('cast_vote', { resolution: ids.of(name), choice, reason });
				}
			};
		});
	const decide: Scene = {
		at: decided,
		by: secretariat,
		async does({ call, ids }) {
			const outcome = await call('decide_resolution', { resolution: ids.of(name) });
			if (outcome !== told.outcome) throw new Error(`The ${name} was ${outcome}.`);
		}
	};
	return [propose, ...votes, decide];
}
