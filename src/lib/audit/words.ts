import { m } from '#lib/paraglide/messages.js';

/** What was done, in words. A verb without words yet is shown as it is. */
export function verbName(verb: string): string {
	return verbNames[verb]?.() ?? verb;
}

/** The kind of thing it was done to. */
export function subjectName(type: string): string {
	return subjectNames[type]?.() ?? type;
}

const verbNames: Record<string, () => string> = {
	open_obligations: m.organisations_verb_open_obligations,
	request_extension: m.deadlines_verb_request,
	withdraw_extension: m.deadlines_verb_withdraw,
	approve_extension: m.deadlines_verb_approve,
	decline_extension: m.deadlines_verb_decline,
	excuse_obligation: m.deadlines_verb_excuse,
	end_excuse: m.deadlines_verb_end_excuse,
	follow_calendar: m.deadlines_verb_follow_calendar,
	make_calendar_feed: m.deadlines_verb_make_feed,
	revoke_calendar_feed: m.deadlines_verb_revoke_feed,
	save_rule: m.rules_verb_save_rule,
	retire_rule: m.rules_verb_retire_rule,
	announce_measure: m.rules_verb_announce_measure,
	submit: m.organisations_verb_submit,
	endorse: m.organisations_verb_endorse,
	accept: m.organisations_verb_accept,
	return: m.organisations_verb_return,
	accept_partly: m.organisations_verb_accept_partly,
	open_more_cells: m.organisations_verb_open_more_cells,
	reply_to_marks: m.organisations_verb_reply_to_marks,
	open_revision: m.revisions_verb_open_revision,
	reopen: m.revisions_verb_reopen,
	permit_late_change: m.revisions_verb_permit_late_change,
	contest: m.revisions_verb_contest,
	decide_contest: m.revisions_verb_decide_contest,
	set_lock: m.revisions_verb_set_lock,
	set_target: m.organisations_verb_set_target,
	publish_release: m.organisations_verb_publish_release,
	withdraw_release: m.organisations_verb_withdraw_release,
	plan_meeting: m.organisations_verb_plan_meeting,
	propose_agenda_item: m.organisations_verb_propose_agenda_item,
	schedule_agenda_item: m.organisations_verb_schedule_agenda_item,
	decline_agenda_item: m.organisations_verb_decline_agenda_item,
	open_meeting: m.organisations_verb_open_meeting,
	propose_resolution: m.organisations_verb_propose_resolution,
	cast_vote: m.organisations_verb_cast_vote,
	decide_resolution: m.organisations_verb_decide_resolution,
	close_meeting: m.organisations_verb_close_meeting,
	assign_action_item: m.organisations_verb_assign_action_item,
	report_progress: m.organisations_verb_report_progress,
	report_done: m.organisations_verb_report_done,
	accept_action_item: m.organisations_verb_accept_action_item,
	send_back_action_item: m.organisations_verb_send_back_action_item,
	cancel_action_item: m.organisations_verb_cancel_action_item,
	register_organisation: m.organisations_verb_register_organisation,
	end_seat: m.organisations_verb_end_seat,
	invite_member: m.organisations_verb_invite_member,
	withdraw_invitation: m.organisations_verb_withdraw_invitation,
	change_member_roles: m.organisations_verb_change_member_roles,
	end_membership: m.organisations_verb_end_membership,
	create_api_key: m.api_verb_create_api_key,
	revoke_api_key: m.api_verb_revoke_api_key
};

const subjectNames: Record<string, () => string> = {
	submission: m.organisations_subject_submission,
	dataset: m.organisations_subject_dataset,
	obligation: m.deadlines_subject_obligation,
	calendar_feed: m.deadlines_subject_feed,
	council: m.revisions_subject_council,
	indicator: m.organisations_subject_indicator,
	release: m.organisations_subject_release,
	meeting: m.organisations_subject_meeting,
	agenda_item: m.organisations_subject_agenda_item,
	resolution: m.organisations_subject_resolution,
	action_item: m.organisations_subject_action_item,
	organisation: m.organisations_subject_organisation,
	invitation: m.organisations_subject_invitation,
	member: m.organisations_subject_member,
	api_key: m.api_subject_api_key
};

/** Where a thing can be looked at; null if it has no page of its own. */
export function subjectAddress(type: string, id: string): string | null {
	const folders: Record<string, string> = {
		submission: '/submissions',
		obligation: '/submissions/deadlines',
		indicator: '/indicators',
		meeting: '/meetings',
		action_item: '/action-items',
		organisation: '/organisations'
	};
	const folder = folders[type];
	return folder ? `${folder}/${encodeURIComponent(id)}` : null;
}
