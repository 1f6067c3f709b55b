import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';
import { files } from '#lib/submissions/pages.ts';

export const pages: PageEntry[] = [
	{
		page: 'calendar',
		href: '/submissions/calendar',
		group: 'filing',
		label: m.deadlines_calendar_title,
		text: m.navigation_calendar_text,
		icon: 'calendar',
		serves: (reader) => reader.kind !== 'government' && files(reader)
	}
];
