import { may } from '#lib/kernel/may.ts';
import type { PageEntry } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';

export const pages: PageEntry[] = [
	{
		page: 'audit',
		href: '/audit',
		group: 'organisations',
		label: m.shell_audit,
		text: m.navigation_audit_text,
		icon: 'audit',
		serves: (reader) => may(reader, 'admin', 'auditor')
	}
];
