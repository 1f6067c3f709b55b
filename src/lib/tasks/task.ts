import type { State } from '#lib/ui/state.ts';

/** Something that waits for the reader. */
export interface Task {
	kind: string;
	/** Of what it is the id depends on the kind. */
	subject_id: string;
	title_zh: string;
	title_en: string;
	organisation_zh: string | null;
	organisation_en: string | null;
	period: string | null;
	due_on: string | null;
	status: string;
}

export interface TaskKind {
	/** What several of them are called. */
	title: () => string;
	/** The page on which it is done. */
	address: (id: string) => string;
	/** Whose it is, as the list says it; without it the name of the organisation alone. */
	about?: (organisation: string, task: Task) => string;
	/** What the list says of its state, where that matters. */
	state?: (task: Task) => State | null;
}

/** A domain's kinds of tasks, as `private.tasks_<domain>` gives them. */
export type TaskKinds = Record<string, TaskKind>;
