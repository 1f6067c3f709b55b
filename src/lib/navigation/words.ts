import { m } from '#lib/paraglide/messages.js';
import type { IconName } from '#lib/ui/icons.ts';
import type { Group } from './page-entry.ts';

/** A group's name, its picture, and one sentence on what it is for. */
export const groupWords: Record<
	Group,
	{ label: () => string; text: () => string; icon: IconName }
> = {
	figures: { label: m.navigation_figures, text: m.navigation_figures_text, icon: 'indicators' },
	filing: { label: m.navigation_filing, text: m.navigation_filing_text, icon: 'submissions' },
	deciding: { label: m.navigation_deciding, text: m.navigation_deciding_text, icon: 'meetings' },
	organisations: {
		label: m.navigation_organisations,
		text: m.navigation_organisations_text,
		icon: 'organisations'
	}
};
