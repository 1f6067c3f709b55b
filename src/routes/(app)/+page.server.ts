import { groupTasks } from '#lib/home/tasks.ts';
import { keyFigures } from '#lib/indicators/overview.ts';
import { date } from '#lib/ui/format.ts';
import * as home from '#lib/server/home.ts';
import * as indicators from '#lib/server/indicators.ts';
import * as sharing from '#lib/server/sharing.ts';

const EVENTS = 10;
const FIGURES = 4;

export const load = async ({ locals: { db, acting } }) => {
	const council = acting?.council_id ?? null;
	const [tasks, events, meeting, registry, overview] = await Promise.all([
		home.tasks(db),
		home.events(db, EVENTS),
		council ? home.nextMeeting(db, council) : null,
		indicators.registry(db),
		council ? sharing.overview(db, council) : []
	]);
	const today = date(new Date());

	return {
		today,
		groups: groupTasks(tasks, today),
		events,
		meeting,
		figures: keyFigures(registry, overview).slice(0, FIGURES)
	};
};
