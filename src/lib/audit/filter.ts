export interface AuditFilter {
	verb: string | null;
	organisation: string | null;
	/** First and last day, in the council's time zone. */
	since: string | null;
	until: string | null;
}

/** Everything that is ever recorded, in the order of the loop; the list a reader chooses from. */
export const verbs = [
	'open_obligations',
	'save_rule',
	'retire_rule',
	'announce_measure',
	'submit',
	'endorse',
	'accept',
	'return',
	'accept_partly',
	'open_more_cells',
	'reply_to_marks',
	'request_extension',
	'withdraw_extension',
	'approve_extension',
	'decline_extension',
	'excuse_obligation',
	'end_excuse',
	'follow_calendar',
	'open_revision',
	'reopen',
	'set_lock',
	'permit_late_change',
	'contest',
	'decide_contest',
	'set_target',
	'publish_release',
	'withdraw_release',
	'plan_meeting',
	'propose_agenda_item',
	'schedule_agenda_item',
	'decline_agenda_item',
	'open_meeting',
	'propose_resolution',
	'cast_vote',
	'decide_resolution',
	'close_meeting',
	'assign_action_item',
	'report_progress',
	'report_done',
	'accept_action_item',
	'send_back_action_item',
	'cancel_action_item',
	'register_organisation',
	'end_seat',
	'invite_member',
	'withdraw_invitation',
	'change_member_roles',
	'end_membership',
	'create_api_key',
	'revoke_api_key',
	'make_calendar_feed',
	'revoke_calendar_feed'
] as const;

/** The filter in an address; what is no value of its kind is left out, so that it never reaches a query. */
export function auditFilter(parameters: URLSearchParams): AuditFilter {
	const matching = (name: string, shape: RegExp) => {
		const value = parameters.get(name) ?? '';
		return shape.test(value) ? value : null;
	};
	return {
		verb: matching('verb', /^[a-z][a-z_]{2,60}$/),
		organisation: matching('organisation', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
		since: day(parameters.get('since')),
		until: day(parameters.get('until'))
	};
}

function day(value: string | null): string | null {
	const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value ?? '');
	if (!found) return null;
	const date = new Date(`${found[0]}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(found[0]) ? found[0] : null;
}
