import { m } from '#lib/paraglide/messages.js';
import type { Tone } from '#lib/ui/tone.ts';
import { period as periodText } from '#lib/ui/format.ts';
import { getLocale, type Locale } from '#lib/paraglide/runtime.js';

/** Something that was done; names are left out where the reader may not know them. */
export interface Event {
	id: string;
	at: string;
	verb: string;
	subject_type: string;
	subject_id: string;
	organisation_zh: string | null;
	organisation_en: string | null;
	subject_organisation_zh: string | null;
	subject_organisation_en: string | null;
	title_zh: string | null;
	title_en: string | null;
	period: string | null;
	meeting_id: string | null;
}

interface Said {
	who: string;
	whom: string;
	what: string;
}

const sentences: Record<string, (said: Said) => string> = {
	submit: m.home_event_submit,
	endorse: m.home_event_endorse,
	accept: m.home_event_accept,
	return: m.home_event_return,
	accept_partly: m.home_event_accept_partly,
	open_more_cells: m.home_event_open_more_cells,
	reply_to_marks: m.home_event_reply_to_marks,
	open_obligations: m.home_event_open_obligations,
	request_extension: m.deadlines_event_request,
	withdraw_extension: m.deadlines_event_withdraw,
	approve_extension: m.deadlines_event_approve,
	decline_extension: m.deadlines_event_decline,
	excuse_obligation: m.deadlines_event_excuse,
	end_excuse: m.deadlines_event_end_excuse,
	follow_calendar: m.deadlines_event_follow_calendar,
	save_rule: m.rules_event_save_rule,
	retire_rule: m.rules_event_retire_rule,
	announce_measure: m.rules_event_announce_measure,
	open_revision: m.revisions_event_open_revision,
	reopen: m.revisions_event_reopen,
	permit_late_change: m.revisions_event_permit_late_change,
	contest: m.revisions_event_contest,
	decide_contest: m.revisions_event_decide_contest,
	set_target: m.home_event_set_target,
	publish_release: m.home_event_publish_release,
	withdraw_release: m.home_event_withdraw_release,
	plan_meeting: m.home_event_plan_meeting,
	open_meeting: m.home_event_open_meeting,
	close_meeting: m.home_event_close_meeting,
	propose_agenda_item: m.home_event_propose_agenda_item,
	schedule_agenda_item: m.home_event_schedule_agenda_item,
	decline_agenda_item: m.home_event_decline_agenda_item,
	propose_resolution: m.home_event_propose_resolution,
	cast_vote: m.home_event_cast_vote,
	decide_resolution: m.home_event_decide_resolution,
	assign_action_item: m.home_event_assign_action_item,
	report_progress: m.home_event_report_progress,
	report_done: m.home_event_report_done,
	accept_action_item: m.home_event_accept_action_item,
	send_back_action_item: m.home_event_send_back_action_item,
	cancel_action_item: m.home_event_cancel_action_item,
	register_organisation: m.home_event_register_organisation,
	end_seat: m.home_event_end_seat,
	invite_member: m.home_event_invite_member,
	withdraw_invitation: m.home_event_withdraw_invitation,
	change_member_roles: m.home_event_change_member_roles,
	end_membership: m.home_event_end_membership
};

/** An event as a sentence. A verb of a newer version still says who and when. */
export function eventText(event: Event, language: Locale = getLocale()): string {
	const pick = (zh: string | null, en: string | null) =>
		(language === 'zh-CN' ? zh : (en ?? zh)) ?? '';
	const title = pick(event.title_zh, event.title_en);
	const period = event.period ? periodText(event.period, language) : '';
	const said = {
		who: pick(event.organisation_zh, event.organisation_en) || m.home_somebody(),
		whom: pick(event.subject_organisation_zh, event.subject_organisation_en),
		what:
			title && period
				? language === 'zh-CN'
					? `${title}（${period}）`
					: `${title}, ${period}`
				: title || period
	};
	return (sentences[event.verb] ?? m.home_event_other)(said).replace(/\s+/g, ' ').trim();
}

/** The page that shows what an event was about, or null. */
export function eventLink({ subject_type, subject_id, meeting_id }: Event): string | null {
	switch (subject_type) {
		case 'submission':
			return `/submissions/${subject_id}`;
		case 'obligation':
			return `/submissions/deadlines/${subject_id}`;
		case 'meeting':
			return `/meetings/${subject_id}`;
		case 'agenda_item':
		case 'resolution':
			return meeting_id ? `/meetings/${meeting_id}` : '/meetings';
		case 'action_item':
			return `/action-items/${subject_id}`;
		case 'indicator':
			return `/indicators/${subject_id}`;
		case 'release':
			return '/releases';
		case 'dataset':
			return `/open/requirements#${subject_id}`;
		default:
			return null;
	}
}

const tones: Record<string, Tone> = {
	accept: 'achieved',
	accept_action_item: 'achieved',
	decide_resolution: 'achieved',
	approve_extension: 'achieved',
	return: 'at_risk',
	accept_partly: 'at_risk',
	reopen: 'at_risk',
	contest: 'at_risk',
	send_back_action_item: 'at_risk',
	withdraw_release: 'missed',
	submit: 'on_track',
	endorse: 'on_track',
	report_progress: 'on_track',
	report_done: 'on_track'
};

/** The mark beside an event: what went well, what is under way, what needs a look. */
export const eventTone = (verb: string): Tone => tones[verb] ?? 'no_data';
