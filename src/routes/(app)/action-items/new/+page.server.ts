import { assignForm } from '#lib/action-items/forms.ts';
import * as actionItems from '#lib/server/action-items.ts';
import { orNotFound, refusing } from '#lib/server/db.ts';
import { act } from '#lib/server/http/act.ts';
import { linkChoices } from '#lib/server/link-choices.ts';
import * as organisations from '#lib/server/organisations.ts';
import * as sharing from '#lib/server/sharing.ts';
import { filled } from '#lib/form/both-languages.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, url }) => {
	const council = locals.acting?.council_id;
	if (!council || !locals.acting?.secretariat)
		refusing({ status: 403, key: 'only_the_secretariat' });
	const resolution = orNotFound(url.searchParams.get('resolution'));

	const [origin, links, parties] = await Promise.all([
		actionItems.origin(locals.db, resolution),
		sharing.council(locals.db, council).then((body) => linkChoices(locals.db, body)),
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
	default: act({
		name: 'default',
		schema: assignForm,
		does: (form, { locals }) => actionItems.assign(locals.db, filled(form, 'title', 'done')),
		done: (made) => `/action-items/${made}?done=assign`
	})
};
