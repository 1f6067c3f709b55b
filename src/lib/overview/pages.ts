import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';

export const pages: PageEntry[] = [
	{
		page: 'overview',
		href: '/overview',
		group: 'figures',
		label: m.overview_title,
		text: m.overview_text,
		icon: 'overview'
	}
];
