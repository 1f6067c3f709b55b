import { groupTasks } from '#lib/tasks/kinds.ts';
import { keyFigures } from '#lib/indicators/overview.ts';
import { date } from '#lib/ui/format.ts';
import * as home from '#lib/server/home.ts';
import * as indicators from '#lib/server/indicators.ts';

const EVENTS = 10;
const FIGURES = 4;

export const load = async ({ locals: { db, acting } }) => {
	const council = acting?.council_id ?? null;
	const [{ tasks, events, meeting, overview }, registry] = await Promise.all([
		home.page(db, council, EVENTS),
		indicators.registry(db)
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
