import { may } from '#lib/kernel/may.ts';
import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';

export const pages: PageEntry[] = [
	{
		page: 'reviews',
		href: '/reviews',
		group: 'filing',
		label: m.shell_reviews,
		text: m.navigation_reviews_text,
		icon: 'reviews',
		serves: (reader) => may(reader, 'reviewer')
	}
];
