import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';

export const pages: PageEntry[] = [
	{
		page: 'rules',
		href: '/submissions/rules',
		group: 'filing',
		label: m.rules_title,
		text: m.navigation_rules_text,
		icon: 'filter',
		serves: ({ secretariat }) => secretariat
	}
];
