import { chance, swing, whole } from './chance.ts';
import type { Figures } from './platform-figures.ts';
import { isFestivalMonth } from './time.ts';

/** Month of the 25 from which stations stay open at night, after the meeting agreed on it. */
export const nightMonth = 23;

/** A community office's month. */
export function communityFigures(key: string, month: string, at: number): Figures {
	const text = (name: string) => `${name} ${key} ${month}`;
	const size = 0.75 + 0.6 * chance(`size ${key}`);
	const season = isFestivalMonth(month) ? 0.78 : ['07', '08'].includes(month.slice(5)) ? 1.12 : 1;
	const around = (name: string, level: number) =>
		Math.max(0, Math.round(level * size * season * (1 + 0.14 * swing(text(name)))));
	const part = (name: string, of: number, rate: number) =>
		Math.min(
			of,
			Math.floor(
				of * Math.min(1, Math.max(0, rate + 0.04 * swing(text(name)))) +
					chance(text(`${name} rest`))
			)
		);

	const stations = Math.round((9 + 5 * chance(`stations ${key}`)) * (1 + at * 0.011));
	const night =
		1 +
		Math.floor(stations * (0.05 + 0.05 * chance(`night ${key}`))) +
		(at > nightMonth && chance(`late ${key}`) < 0.6 ? 1 : 0);
	const days = part('days', stations * daysIn(month), isFestivalMonth(month) ? 0.82 : 0.95);
	const visited = around('visited', 165 * (1 + at * 0.008));
	const issues = around('issues', 16);
	const hazards = around('hazards', 34 * (1 + at * 0.02));
	const due = part('hazards due', hazards, 0.95);
	const answered = part('answered', due, 0.62);
	const events = whole(text('events'), 2, 6);
	return {
		open_stations: stations,
		night_open_stations: Math.min(stations, night),
		stations_verified: part('verified', stations, 0.74 + at * 0.007),
		station_days: days,
		station_visits: Math.round(days * (11.2 + 2.4 * swing(`visits ${key}`)) * season),
		persons_visited: visited,
		issues_found: issues,
		issues_closed: part('closed', issues, 0.71 + at * 0.006),
		services_delivered: around('services', 420 * (1 + at * 0.01)),
		psych_sessions: around('psych', 12),
		cases_opened: around('cases', 9),
		cases_closed: around('cases closed', 8),
		events_held: events,
		event_participants: Math.round(events * (38 + 16 * swing(text('participants')))),
		hazards_reported: hazards,
		hazards_due: due,
		hazards_handled_on_time: part('handled', due, 0.77 + at * 0.005),
		hazards_answered: answered,
		hazards_confirmed_fixed: part('confirmed', answered, 0.82)
	};
}

function daysIn(month: string): number {
	return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
}
