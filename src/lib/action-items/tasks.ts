import type { TaskKinds } from '#lib/tasks/task.ts';
import { m } from '#lib/paraglide/messages.js';

export const tasks = {
	act: {
		title: m.action_items_task_act,
		address: (item) => `/action-items/${item}`,
		about: (organisation) => m.action_items_task_for({ organisation })
	},
	accept: { title: m.action_items_task_accept, address: (item) => `/action-items/${item}` }
} satisfies TaskKinds;
