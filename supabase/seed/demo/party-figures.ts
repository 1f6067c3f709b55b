import { chance, swing } from './chance.ts';
import { districts } from './parties.ts';
import type { Figures } from './platform-figures.ts';

/** A quarter of Party-building coverage in one district; `at` counts the quarters from 0. */
export function partyFigures(quarter: string, at: number, district: string): Figures {
	const text = (name: string) => `${name} ${quarter} ${district}`;
	const scale = (districts[district] ?? 0) * (1 + 0.1 * swing(`units ${district}`));
	const part = (name: string, of: number, from: number, to: number) => {
		const rate =
			from +
			((to - from) * at) / 7 +
			0.05 * swing(`${name} ${district}`) +
			0.008 * swing(text(name));
		return Math.min(of, Math.floor(of * Math.min(1, rate) + chance(text(`${name} rest`))));
	};

	const eligible = Math.round(2380 * scale * (1 + 0.006 * at));
	const covered = part('covered', eligible, 0.76, 0.88);
	const members = Math.round(2690 * scale * (1 + 0.02 * at));
	const guided = part('guided', covered, 0.93, 0.97);
	const activities = Math.round(covered * (2.1 + 0.3 * swing(text('activities'))));
	return {
		eligible_units: eligible,
		covered_units: covered,
		effective_units: part('effective', covered, 0.61, 0.75),
		guidance_staff: Math.max(1, Math.round(eligible / (9.5 - 0.3 * at))),
		guided_units: guided,
		guidance_visits: Math.round(guided * (0.8 + 0.25 * chance(text('visits')))),
		known_party_members: members,
		floating_members: part('floating', members, 0.58, 0.52),
		active_units: part('active', covered, 0.72, 0.82),
		activities_held: activities,
		activity_attendances: Math.round(activities * (6.4 + swing(text('attendances'))))
	};
}
