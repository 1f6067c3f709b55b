import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';

export const pages: PageEntry[] = [
	{
		page: 'action-items',
		href: '/action-items',
		group: 'deciding',
		label: m.shell_action_items,
		text: m.navigation_action_items_text,
		icon: 'tasks'
	}
];
