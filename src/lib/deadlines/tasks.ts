import type { TaskKinds } from '#lib/tasks/task.ts';
import { m } from '#lib/paraglide/messages.js';

export const tasks = {
	extend: {
		title: m.deadlines_task,
		address: (obligation) => `/submissions/deadlines/${obligation}`
	}
} satisfies TaskKinds;
