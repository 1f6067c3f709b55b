import type { Values } from '#lib/kernel/database-values.ts';
import { m } from '#lib/paraglide/messages.js';
import type { States } from '#lib/ui/state.ts';

export const meetingStates: States<Values['meetings.status']> = {
	planned: { word: m.meetings_status_planned, tone: 'no_data' },
	open: { word: m.meetings_status_open, tone: 'on_track' },
	closed: { word: m.meetings_status_closed, tone: 'achieved' }
};

export const agendaItemStates: States<Values['agenda_items.status']> = {
	proposed: { word: m.meetings_agenda_proposed, tone: 'no_data' },
	scheduled: { word: m.meetings_agenda_scheduled, tone: 'on_track' },
	declined: { word: m.meetings_agenda_declined, tone: 'missed' },
	withdrawn: { word: m.meetings_agenda_withdrawn, tone: 'no_data' }
};

export const resolutionStates: States<Values['resolutions.status']> = {
	voting: { word: m.meetings_resolution_voting, tone: 'on_track' },
	adopted: { word: m.meetings_resolution_adopted, tone: 'achieved' },
	rejected: { word: m.meetings_resolution_rejected, tone: 'missed' }
};

/** The choices of a vote. */
export const voteStates: States<Values['votes.choice']> = {
	for: { word: m.meetings_choice_for, tone: 'achieved' },
	against: { word: m.meetings_choice_against, tone: 'missed' },
	abstain: { word: m.meetings_choice_abstain, tone: 'no_data' },
	reserved: { word: m.meetings_choice_reserved, tone: 'at_risk' }
};

/** The columns of the database that hold these states. */
export const columns = {
	'agenda_items.status': agendaItemStates,
	'meetings.status': meetingStates,
	'resolutions.status': resolutionStates,
	'votes.choice': voteStates
};
