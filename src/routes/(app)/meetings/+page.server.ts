import { may } from '#lib/identity/may.ts';
import { fail, redirect } from '@sveltejs/kit';
import { declineForm, planForm, proposalForm, scheduleForm } from '#lib/meetings/forms.ts';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import { linkChoices } from '#lib/server/link-choices.ts';
import * as meetings from '#lib/server/meetings.ts';
import { sentValues } from '#lib/server/http/sent-values.ts';
import { filled } from '#lib/ui/both-languages.ts';

export const load = async ({ locals }) => {
	const council = locals.acting?.council_id;
	if (!council) return { council: null, meetings: [], proposals: [], links: null };

	const [list, proposals, links] = await Promise.all([
		meetings.list(locals.db, council),
		meetings.proposals(locals.db, council),
		mayPropose(locals) ? linkChoices(locals.db, council) : null
	]);
	return { council, meetings: list, proposals, links };
};

export const actions = {
	plan: async ({ locals, request }) => {
		const sent = await request.formData();
		const values = sentValues(sent);
		const form = readForm(planForm, sent);
		if (!form.ok) return fail(400, { form: 'plan', values, errors: form.errors });
		let made: string;
		try {
			made = await meetings.plan(locals.db, councilOf(locals), filled(form.data, 'title', 'place'));
		} catch (caught) {
			const refused = refuse(caught);
			return fail(refused.status, { ...refused.data, form: 'plan', values });
		}
		redirect(303, `/meetings/${made}?done=planned`);
	},

	propose: async ({ locals, request }) => {
		const sent = await request.formData();
		const values = sentValues(sent);
		const form = readForm(proposalForm, sent);
		if (!form.ok) return fail(400, { form: 'propose', values, errors: form.errors });
		try {
			await meetings.propose(locals.db, councilOf(locals), filled(form.data, 'title', 'text'));
		} catch (caught) {
			const refused = refuse(caught);
			return fail(refused.status, { ...refused.data, form: 'propose', values });
		}
		redirect(303, '/meetings?done=proposed');
	},

	schedule: async ({ locals, request }) => {
		const form = readForm(scheduleForm, await request.formData());
		if (!form.ok) return refuse({ status: 409, key: 'meeting_not_planned' });
		try {
			await meetings.schedule(locals.db, form.data.agenda_item, form.data.meeting);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, '/meetings?done=scheduled');
	},

	decline: async ({ locals, request }) => {
		const form = readForm(declineForm, await request.formData());
		if (!form.ok) return refuse({ status: 409, key: 'agenda_item_not_open' });
		try {
			await meetings.decline(locals.db, form.data.agenda_item);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, '/meetings?done=declined');
	}
};

function mayPropose({ acting }: App.Locals): boolean {
	return may(acting, 'delegate', 'admin');
}

function councilOf({ acting }: App.Locals): string {
	if (!acting?.council_id) redirect(303, '/meetings');
	return acting.council_id;
}
