import { groupTasks, taskLink } from '#lib/tasks/kinds.ts';
import type { Group } from '#lib/navigation/page-entry.ts';
import { groupAt, groupsOf } from '#lib/navigation/pages.ts';
import { orNotFound } from '#lib/server/db.ts';
import * as home from '#lib/server/home.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, params }) => {
	const group = params.group as Group;
	const own = orNotFound(groupsOf(locals.acting).find((one) => one.group === group));
	const today = date(new Date());
	const waiting = (await home.tasks(locals.db)).filter(
		(task) => groupAt(taskLink(task).replace(/[?#].*$/, '')) === group
	);
	return { group, places: own.places, today, tasks: groupTasks(waiting, today) };
};
