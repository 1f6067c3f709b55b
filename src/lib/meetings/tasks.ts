import type { TaskKinds } from '#lib/tasks/task.ts';
import { m } from '#lib/paraglide/messages.js';

export const tasks = {
	vote: { title: m.meetings_task_vote, address: (meeting) => `/meetings/${meeting}` },
	schedule: { title: m.meetings_task_schedule, address: () => '/meetings' }
} satisfies TaskKinds;
