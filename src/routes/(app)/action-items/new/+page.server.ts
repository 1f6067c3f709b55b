import { assignForm } from '#lib/action-items/forms.ts';
import * as actionItems from '#lib/server/action-items.ts';
import { orNotFound, refusing } from '#lib/server/db.ts';
import { act } from '#lib/server/http/act.ts';
import { linkChoices } from '#lib/server/link-choices.ts';
import { filled } from '#lib/form/both-languages.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, url }) => {
	const council = locals.acting?.council_id;
	if (!council || !locals.acting?.secretariat)
		refusing({ status: 403, key: 'only_the_secretariat' });
	const resolution = orNotFound(url.searchParams.get('resolution'));

	const found = await actionItems.assignment(locals.db, council, resolution);
	return {
		origin: found.origin,
		links: await linkChoices(locals.db, found.council),
		today: date(new Date()),
		parties: found.parties
	};
};

export const actions = {
	default: act({
		name: 'default',
		schema: assignForm,
		does: (form, { locals }) => actionItems.assign(locals.db, filled(form, 'title', 'done')),
		done: (made) => `/action-items/${made}?done=assign`
	})
};
