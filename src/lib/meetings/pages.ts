import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';

export const pages: PageEntry[] = [
	{
		page: 'meetings',
		href: '/meetings',
		group: 'deciding',
		label: m.shell_meetings,
		text: m.navigation_meetings_text,
		icon: 'meetings'
	}
];
