import type { TaskKinds } from '#lib/tasks/task.ts';
import { m } from '#lib/paraglide/messages.js';

export const tasks = {
	objection: {
		title: m.revisions_task_objection,
		address: (submission) => `/submissions/${submission}#objection`,
		about: (organisation, { status }) =>
			`${organisation} · ${status === 'return' ? m.revisions_objection_return() : m.revisions_objection_reopening()}`
	}
} satisfies TaskKinds;
