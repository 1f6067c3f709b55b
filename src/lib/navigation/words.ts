import { m } from '#lib/paraglide/messages.js';
import type { IconName } from '#lib/ui/icons.ts';
import type { Group, Page } from './pages.ts';

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

/** A page's name in the rail, its picture, and one sentence on what somebody does there. */
export const pageWords: Record<Page, { label: () => string; text: () => string; icon: IconName }> =
	{
		home: { label: m.shell_home, text: m.navigation_home_text, icon: 'home' },
		indicators: {
			label: m.shell_indicators,
			text: m.navigation_indicators_text,
			icon: 'indicators'
		},
		releases: { label: m.sharing_releases_title, text: m.navigation_releases_text, icon: 'flag' },
		submissions: {
			label: m.shell_submissions,
			text: m.navigation_submissions_text,
			icon: 'submissions'
		},
		reviews: { label: m.shell_reviews, text: m.navigation_reviews_text, icon: 'reviews' },
		completeness: {
			label: m.revisions_completeness_title,
			text: m.navigation_completeness_text,
			icon: 'check'
		},
		calendar: {
			label: m.deadlines_calendar_title,
			text: m.navigation_calendar_text,
			icon: 'calendar'
		},
		rules: { label: m.rules_title, text: m.navigation_rules_text, icon: 'filter' },
		meetings: { label: m.shell_meetings, text: m.navigation_meetings_text, icon: 'meetings' },
		'action-items': {
			label: m.shell_action_items,
			text: m.navigation_action_items_text,
			icon: 'tasks'
		},
		organisations: {
			label: m.shell_organisations,
			text: m.navigation_register_text,
			icon: 'organisations'
		},
		members: { label: m.shell_members, text: m.navigation_members_text, icon: 'members' },
		keys: { label: m.api_keys_title, text: m.navigation_keys_text, icon: 'lock' },
		audit: { label: m.shell_audit, text: m.navigation_audit_text, icon: 'audit' }
	};
