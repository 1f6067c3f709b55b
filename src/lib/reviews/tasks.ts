import type { TaskKinds } from '#lib/tasks/task.ts';
import { m } from '#lib/paraglide/messages.js';

export const tasks = {
	review: { title: m.submissions_task_review, address: (submission) => `/reviews/${submission}` }
} satisfies TaskKinds;
