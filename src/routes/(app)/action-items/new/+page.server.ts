import { error, fail, redirect } from '@sveltejs/kit';
import { assignForm } from '#lib/action-items/forms.ts';
import * as actionItems from '#lib/server/action-items.ts';
import { refuse, refusing } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import { linkChoices } from '#lib/server/link-choices.ts';
import * as organisations from '#lib/server/organisations.ts';
import { sentValues } from '#lib/server/http/sent-values.ts';
import { m } from '#lib/paraglide/messages.js';
import { filled } from '#lib/ui/both-languages.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, url }) => {
	const council = locals.acting?.council_id;
	if (!council || !locals.acting?.secretariat)
		refusing({ status: 403, key: 'only_the_secretariat' });
	const resolution = url.searchParams.get('resolution');
	if (!resolution) error(404, { message: m.error_not_found() });

	const [origin, links, parties] = await Promise.all([
		actionItems.origin(locals.db, resolution),
		linkChoices(locals.db, council),
		organisations.list(locals.db, council)
	]);
	const today = date(new Date());
	return {
		origin,
		links,
		today,
		parties: parties.filter(
			(party) => party.seat && (!party.seat.until || party.seat.until > today)
		)
	};
};

export const actions = {
	default: async ({ locals, request }) => {
		const sent = await request.formData();
		const values = sentValues(sent);
		const form = readForm(assignForm, sent);
		if (!form.ok) return fail(400, { values, errors: form.errors });
		let made: string;
		try {
			made = await actionItems.assign(locals.db, filled(form.data, 'title', 'done'));
		} catch (caught) {
			const refused = refuse(caught);
			return fail(refused.status, { ...refused.data, values });
		}
		redirect(303, `/action-items/${made}?done=assigned`);
	}
};
