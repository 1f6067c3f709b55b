import type { TaskKinds } from '#lib/tasks/task.ts';
import { m } from '#lib/paraglide/messages.js';
import { filingStates, isToCorrect } from './states.ts';

export const tasks = {
	file: {
		title: m.submissions_task_file,
		address: (obligation) => `/submissions/new?obligation=${obligation}`,
		// It is the reader's own.
		about: () => '',
		state: ({ status }) => (isToCorrect(status) ? filingStates[status] : null)
	}
} satisfies TaskKinds;
