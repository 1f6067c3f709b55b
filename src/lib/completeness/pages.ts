import { may } from '#lib/kernel/may.ts';
import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';
import { files } from '#lib/submissions/pages.ts';

export const pages: PageEntry[] = [
	{
		page: 'completeness',
		href: '/submissions/completeness',
		group: 'filing',
		label: m.revisions_completeness_title,
		text: m.navigation_completeness_text,
		icon: 'check',
		serves: (reader) => files(reader) || may(reader, 'reviewer')
	}
];
