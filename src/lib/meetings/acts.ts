import { m } from '#lib/paraglide/messages.js';
import type { Acts, Subjects } from '#lib/audit/act.ts';
import { resolutionStates } from './states.ts';

export const acts = {
	plan_meeting: {
		word: m.meetings_verb_plan_meeting,
		sentence: m.meetings_event_plan_meeting,
		tone: 'no_data'
	},
	propose_agenda_item: {
		word: m.meetings_verb_propose_agenda_item,
		sentence: m.meetings_event_propose_agenda_item,
		tone: 'no_data'
	},
	schedule_agenda_item: {
		word: m.meetings_verb_schedule_agenda_item,
		sentence: m.meetings_event_schedule_agenda_item,
		tone: 'no_data'
	},
	decline_agenda_item: {
		word: m.meetings_verb_decline_agenda_item,
		sentence: m.meetings_event_decline_agenda_item,
		tone: 'no_data'
	},
	open_meeting: {
		word: m.meetings_verb_open_meeting,
		sentence: m.meetings_event_open_meeting,
		tone: 'no_data'
	},
	propose_resolution: {
		word: m.meetings_verb_propose_resolution,
		sentence: m.meetings_event_propose_resolution,
		tone: 'no_data'
	},
	cast_vote: {
		word: m.meetings_verb_cast_vote,
		sentence: m.meetings_event_cast_vote,
		tone: 'no_data'
	},
	decide_resolution: {
		word: m.meetings_verb_decide_resolution,
		sentence: m.meetings_event_decide_resolution,
		tone: 'achieved'
	},
	close_meeting: {
		word: m.meetings_verb_close_meeting,
		sentence: m.meetings_event_close_meeting,
		tone: 'no_data'
	}
} satisfies Acts;

export const subjects = {
	meeting: {
		word: m.meetings_subject_meeting,
		address: ({ id }) => `/meetings/${id}`,
		found: m.shell_meetings
	},
	agenda_item: {
		word: m.meetings_subject_agenda_item,
		address: ({ parent }) => (parent ? `/meetings/${parent}` : '/meetings')
	},
	resolution: {
		word: m.meetings_subject_resolution,
		address: ({ id, parent }) => (parent ? `/meetings/${parent}#resolution-${id}` : '/meetings'),
		found: m.navigation_resolutions,
		link: {
			day: m.meetings_link_effective,
			state: ({ status }) => resolutionStates[status as keyof typeof resolutionStates]
		}
	}
} satisfies Subjects;
