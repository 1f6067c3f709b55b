import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';

export const pages: PageEntry[] = [
	{
		page: 'releases',
		href: '/releases',
		group: 'figures',
		label: m.releases_title,
		text: m.navigation_releases_text,
		icon: 'flag'
	}
];
