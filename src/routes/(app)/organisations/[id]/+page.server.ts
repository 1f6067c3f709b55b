import { byUrgency } from '#lib/action-items/due.ts';
import { concerns } from '#lib/action-items/filter.ts';
import { endSeatForm } from '#lib/organisations/forms.ts';
import * as actionItems from '#lib/server/action-items.ts';
import { refusing } from '#lib/server/db.ts';
import { act } from '#lib/server/http/act.ts';
import * as links from '#lib/server/links.ts';
import * as organisations from '#lib/server/organisations.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, params }) => {
	const council = locals.acting?.council_id ?? null;
	const [organisation, body, items, linked] = await Promise.all([
		organisations.read(locals.db, params.id, council),
		council ? organisations.council(locals.db, council) : null,
		council ? actionItems.list(locals.db, council) : [],
		links.of(locals.db, council, 'organisation', params.id)
	]);
	return {
		organisation,
		council: body,
		links: linked,
		today: date(new Date()),
		items: items.filter((item) => concerns(item, params.id)).toSorted(byUrgency)
	};
};

export const actions = {
	endSeat: act({
		name: 'endSeat',
		schema: endSeatForm,
		does: ({ organisation }, { locals }) => {
			const council = locals.acting?.council_id;
			if (!council) refusing({ status: 409, key: 'seat_not_open' });
			return organisations.endSeat(locals.db, council, organisation);
		}
	})
};
