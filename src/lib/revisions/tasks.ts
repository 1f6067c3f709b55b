import type { TaskKinds } from '#lib/tasks/task.ts';
import { m } from '#lib/paraglide/messages.js';

export const tasks = {
	contest: {
		title: m.revisions_task_contest,
		address: (submission) => `/submissions/${submission}#contest`,
		about: (organisation, { status }) =>
			`${organisation} · ${status === 'return' ? m.revisions_contest_return() : m.revisions_contest_reopening()}`
	}
} satisfies TaskKinds;
