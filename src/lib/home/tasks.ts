export type TaskKind =
	'file' | 'review' | 'vote' | 'act' | 'accept' | 'schedule' | 'contest' | 'extend';

/** Something that waits for the reader. */
export interface Task {
	kind: TaskKind;
	/** An obligation (file, extend), submission (review, contest), meeting, action item or agenda item, by kind. */
	subject_id: string;
	title_zh: string;
	title_en: string;
	organisation_zh: string | null;
	organisation_en: string | null;
	period: string | null;
	due_on: string | null;
	status: string;
}

/** The page on which the task is done. */
export function taskLink({ kind, subject_id }: Pick<Task, 'kind' | 'subject_id'>): string {
	switch (kind) {
		case 'file':
			return `/submissions/new?obligation=${subject_id}`;
		case 'review':
			return `/reviews/${subject_id}`;
		case 'contest':
			return `/submissions/${subject_id}#contest`;
		case 'extend':
			return `/submissions/deadlines/${subject_id}`;
		case 'vote':
			return `/meetings/${subject_id}`;
		case 'act':
		case 'accept':
			return `/action-items/${subject_id}`;
		case 'schedule':
			return '/meetings';
	}
}

export interface TaskGroup {
	kind: TaskKind;
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
