import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';

export const pages: PageEntry[] = [
	{
		page: 'indicators',
		href: '/indicators',
		group: 'figures',
		label: m.shell_indicators,
		text: m.navigation_indicators_text,
		icon: 'indicators'
	}
];
