import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';
import { may } from '#lib/kernel/may.ts';

export const pages: PageEntry[] = [
	{
		page: 'members',
		href: '/members',
		group: 'organisations',
		label: m.shell_members,
		text: m.navigation_members_text,
		icon: 'members',
		serves: (reader) => may(reader, 'admin')
	}
];
