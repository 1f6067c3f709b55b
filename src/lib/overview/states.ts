import { m } from '#lib/paraglide/messages.js';
import type { States } from '#lib/ui/state.ts';
import type { FilingState } from './overview.ts';

/** How a filing stands, what needs somebody first. */
export const filingStates: States<FilingState> = {
	late: { word: m.overview_state_late, tone: 'missed' },
	returned: { word: m.overview_state_returned, tone: 'at_risk' },
	awaited: { word: m.overview_state_awaited, tone: 'no_data' },
	filed: { word: m.overview_state_filed, tone: 'on_track' },
	accepted: { word: m.overview_state_accepted, tone: 'achieved' },
	excused: { word: m.overview_state_excused, tone: 'no_data' }
};

export const filingOrder = Object.keys(filingStates) as FilingState[];
