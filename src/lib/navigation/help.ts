import { m } from '#lib/paraglide/messages.js';
import type { Group } from './page-entry.ts';

type Help = {
	/** How it goes, a sentence each. */
	steps: (() => string)[];
	/** Words that its pages use, and what they mean. */
	words: { word: () => string; meaning: () => string }[];
};

/** The help page of each group. */
export const help: Record<Group, Help> = {
	figures: {
		steps: [
			m.navigation_help_figures_1,
			m.navigation_help_figures_2,
			m.navigation_help_figures_3,
			m.navigation_help_figures_4,
			m.navigation_help_figures_5
		],
		words: [
			{ word: m.navigation_term_indicator, meaning: m.navigation_term_indicator_text },
			{ word: m.navigation_term_measure, meaning: m.navigation_term_measure_text },
			{ word: m.navigation_term_target, meaning: m.navigation_term_target_text },
			{ word: m.navigation_term_release, meaning: m.navigation_term_release_text }
		]
	},
	filing: {
		steps: [
			m.navigation_help_filing_1,
			m.navigation_help_filing_2,
			m.navigation_help_filing_3,
			m.navigation_help_filing_4,
			m.navigation_help_filing_5
		],
		words: [
			{ word: m.navigation_term_dataset, meaning: m.navigation_term_dataset_text },
			{ word: m.navigation_term_obligation, meaning: m.navigation_term_obligation_text },
			{ word: m.navigation_term_submission, meaning: m.navigation_term_submission_text },
			{ word: m.navigation_term_receipt, meaning: m.navigation_term_receipt_text }
		]
	},
	deciding: {
		steps: [
			m.navigation_help_deciding_1,
			m.navigation_help_deciding_2,
			m.navigation_help_deciding_3,
			m.navigation_help_deciding_4,
			m.navigation_help_deciding_5
		],
		words: [
			{ word: m.navigation_term_meeting, meaning: m.navigation_term_meeting_text },
			{ word: m.navigation_term_snapshot, meaning: m.navigation_term_snapshot_text },
			{ word: m.navigation_term_resolution, meaning: m.navigation_term_resolution_text },
			{ word: m.navigation_term_action_item, meaning: m.navigation_term_action_item_text }
		]
	},
	organisations: {
		steps: [
			m.navigation_help_organisations_1,
			m.navigation_help_organisations_2,
			m.navigation_help_organisations_3,
			m.navigation_help_organisations_4
		],
		words: [
			{ word: m.navigation_term_organisation, meaning: m.navigation_term_organisation_text },
			{ word: m.navigation_term_seat, meaning: m.navigation_term_seat_text },
			{ word: m.navigation_term_member, meaning: m.navigation_term_member_text }
		]
	}
};
