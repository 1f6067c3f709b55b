import { partyOf } from './parties.ts';
import { seats } from './people.ts';
import type { Chapter } from './story.ts';
import type { Scene } from './tell.ts';
import { at, type Calendar } from './time.ts';

/** The reminders of every morning on which there is one, and people who read what they were told. */
export const notifications: Chapter = ({ calendar, reminders }) => [
	...reminders
		.map((day) => at(day, '08:00'))
		.filter((morning) => morning <= calendar.now)
		.map((morning): Scene => ({
			at: morning,
			by: null,
			async does({ owner }) {
				await owner('select private.remind()');
			}
		})),
	...readings(calendar)
];

/** Twice a year and today people go through their list. What still asks something of them, and what is new, stays unread. */
function readings(calendar: Calendar): Scene[] {
	const tidied = [6, 12, 18].map((index) => at(`${calendar.months[index]}-01`, '17:30'));
	const today = new Date(calendar.now.getTime() - 30 * 60_000);
	return [...tidied, today].flatMap((moment) =>
		seats.map(({ person, party }): Scene => ({
			at: moment,
			by: { person, organisation: partyOf(party).id },
			async does({ read }) {
				await read(
					`select public.mark_notifications_read(n.id) from jsonb_to_recordset(public.notifications_page('{"wanted": 500}') -> 'rows')
							as n (id uuid, kind text, created_at timestamptz, read_at timestamptz, passed boolean)
						 where n.read_at is null and (
							n.passed
							or (n.kind in ('accepted', 'excused', 'objection_granted', 'decision_upheld', 'decision_overruled') and n.created_at < $1::timestamptz - interval '35 days')
							or (n.kind in ('overdue', 'escalated') and n.created_at < $1::timestamptz - interval '30 days')
						 )`,
					[moment]
				);
			}
		}))
	);
}
