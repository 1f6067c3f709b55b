import { ownActionList } from '#lib/action-items/list.ts';
import { today } from '#lib/kernel/day.ts';
import { listOf } from '#lib/kernel/list.ts';
import { endSeatForm } from '#lib/organisations/forms.ts';
import { refusing } from '#lib/server/db.ts';
import { act } from '#lib/server/http/act.ts';
import { within } from '#lib/server/http/within.ts';
import * as organisations from '#lib/server/organisations.ts';

export const load = async ({ locals: { acting, db }, params, url }) => {
	const council = acting?.council_id ?? null;
	const list = listOf(url, ownActionList);
	const found = await organisations.read(db, params.id, council, list);
	const { rows, total } = within(found.items, list, url);
	const { organisation, links } = found;
	return { organisation, council: found.council, links, today: today(), list, rows, total };
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
