import { may } from '#lib/kernel/may.ts';
import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';

export const pages: PageEntry[] = [
	{
		page: 'keys',
		href: '/members/keys',
		group: 'organisations',
		label: m.api_keys_title,
		text: m.navigation_keys_text,
		icon: 'lock',
		serves: (reader) => may(reader, 'admin')
	}
];
