import { may } from '#lib/kernel/may.ts';
import type { PageEntry, Reader } from '#lib/navigation/page-entry.ts';
import { m } from '#lib/paraglide/messages.js';

/** Datasets are opened for these kinds; a government body reads what is filed to it. */
const filing = ['platform', 'community', 'party', 'government'];

/** Whether somebody reads what their organisation files. */
export const files = (reader: Reader) =>
	filing.includes(reader.kind) && may(reader, 'reporter', 'admin', 'viewer', 'auditor');

export const pages: PageEntry[] = [
	{
		page: 'submissions',
		href: '/submissions',
		group: 'filing',
		label: m.shell_submissions,
		text: m.navigation_submissions_text,
		icon: 'submissions',
		serves: files
	}
];
