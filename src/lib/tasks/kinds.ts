import { inOrder, together } from '#lib/kernel/domains.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Task, TaskKind, TaskKinds } from './task.ts';

/** Every kind of task: what stands in the `tasks.ts` of the domains. */
export const taskKinds: TaskKinds = together(
	inOrder(
		import.meta.glob<{ tasks: TaskKinds }>(['../*/tasks.ts', '!../server/**'], { eager: true })
	).map((domain) => domain.tasks)
);

/** The words of a kind of task; one of a newer version is work on the home page. */
export function taskKindOf(kind: string): TaskKind {
	return taskKinds[kind] ?? { title: m.home_waiting, address: () => '/' };
}

/** The page on which the task is done. */
export const taskLink = ({ kind, subject_id }: Pick<Task, 'kind' | 'subject_id'>) =>
	taskKindOf(kind).address(subject_id);

export interface TaskGroup {
	kind: string;
	tasks: Task[];
	/** How many are past their due date. */
	overdue: number;
}

/** Tasks by kind, each kind's soonest first; the kind with the most urgent task comes first. */
export function groupTasks(tasks: Task[], today: string): TaskGroup[] {
	const urgent = (task: Task) => task.due_on ?? '9999';
	const groups = [...Map.groupBy(tasks, (task) => task.kind)].map(([kind, all]) => ({
		kind,
		tasks: all.toSorted((a, b) => urgent(a).localeCompare(urgent(b))),
		overdue: all.filter((task) => task.due_on !== null && task.due_on < today).length
	}));
	return groups.toSorted((a, b) => urgent(a.tasks[0]!).localeCompare(urgent(b.tasks[0]!)));
}
