import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';

export const pages: PageEntry[] = [
	{
		page: 'organisations',
		href: '/organisations',
		group: 'organisations',
		label: m.shell_organisations,
		text: m.navigation_register_text,
		icon: 'organisations'
	}
];
