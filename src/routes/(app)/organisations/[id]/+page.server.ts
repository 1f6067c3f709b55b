import { ownActionList } from '#lib/action-items/list.ts';
import { today } from '#lib/kernel/day.ts';
import { listOf } from '#lib/kernel/list.ts';
import { endSeatForm } from '#lib/organisations/forms.ts';
import * as actionItems from '#lib/server/action-items.ts';
import { refusing } from '#lib/server/db.ts';
import { act } from '#lib/server/http/act.ts';
import * as links from '#lib/server/links.ts';
import { within } from '#lib/server/http/within.ts';
import * as organisations from '#lib/server/organisations.ts';

export const load = async ({ locals: { acting, db }, params, url }) => {
	const council = acting?.council_id ?? null;
	const list = listOf(url, ownActionList);
	const theirs = {
		...list,
		filters: { show: 'all', status: null, organisation: params.id }
	} as const;
	const [organisation, body, items, linked] = await Promise.all([
		organisations.read(db, params.id, council),
		council ? organisations.council(db, council) : null,
		council ? actionItems.page(db, council, theirs) : { rows: [], total: 0 },
		links.of(db, council, 'organisation', params.id)
	]);
	const { rows, total } = within(items, list, url);
	return { organisation, council: body, links: linked, today: today(), list, rows, total };
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
