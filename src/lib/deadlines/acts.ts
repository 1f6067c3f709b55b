import { m } from '#lib/paraglide/messages.js';
import type { Acts, Subjects } from '#lib/audit/act.ts';

export const acts = {
	request_extension: {
		word: m.deadlines_verb_request_extension,
		sentence: m.deadlines_event_request_extension,
		tone: 'at_risk'
	},
	withdraw_extension: {
		word: m.deadlines_verb_withdraw_extension,
		sentence: m.deadlines_event_withdraw_extension,
		tone: 'no_data'
	},
	approve_extension: {
		word: m.deadlines_verb_approve_extension,
		sentence: m.deadlines_event_approve_extension,
		tone: 'achieved'
	},
	decline_extension: {
		word: m.deadlines_verb_decline_extension,
		sentence: m.deadlines_event_decline_extension,
		tone: 'missed'
	},
	excuse_obligation: {
		word: m.deadlines_verb_excuse_obligation,
		sentence: m.deadlines_event_excuse_obligation,
		tone: 'no_data'
	},
	end_excuse: {
		word: m.deadlines_verb_end_excuse,
		sentence: m.deadlines_event_end_excuse,
		tone: 'at_risk'
	},
	follow_calendar: {
		word: m.deadlines_verb_follow_calendar,
		sentence: m.deadlines_event_follow_calendar,
		tone: 'on_track'
	},
	make_calendar_feed: {
		word: m.deadlines_verb_make_calendar_feed,
		sentence: m.deadlines_event_make_calendar_feed,
		tone: 'no_data'
	},
	revoke_calendar_feed: {
		word: m.deadlines_verb_revoke_calendar_feed,
		sentence: m.deadlines_event_revoke_calendar_feed,
		tone: 'no_data'
	}
} satisfies Acts;

export const subjects = {
	obligation: {
		word: m.deadlines_subject_obligation,
		address: ({ id }) => `/submissions/deadlines/${id}`
	},
	calendar_feed: { word: m.deadlines_subject_calendar_feed, address: () => null }
} satisfies Subjects;
