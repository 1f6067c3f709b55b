import { byUrgency } from '#lib/action-items/due.ts';
import { actionFilter, concerns, filtered, inView, views } from '#lib/action-items/filter.ts';
import * as actionItems from '#lib/server/action-items.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, url }) => {
	const council = locals.acting?.council_id ?? null;
	const organisation = locals.acting?.organisation_id ?? null;
	const today = date(new Date());
	const items = council ? await actionItems.list(locals.db, council) : [];

	const own = items.some((item) => concerns(item, organisation));
	const filter = actionFilter(url.searchParams, own ? 'mine' : 'all');
	const parties = new Map(
		items.flatMap((item) => [item.accountable, item.accepting]).map((party) => [party.id, party])
	);
	return {
		council,
		today,
		filter,
		items: filtered(items, filter, organisation, today).toSorted(byUrgency),
		counts: views.map((view) => ({
			view,
			count: items.filter((item) => inView(item, view, organisation, today)).length
		})),
		organisations: [...parties.values()]
	};
};
