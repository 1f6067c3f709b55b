import { redirect } from '@sveltejs/kit';
import { byUrgency } from '#lib/action-items/due.ts';
import { concerns } from '#lib/action-items/filter.ts';
import { endSeatForm } from '#lib/organisations/forms.ts';
import * as actionItems from '#lib/server/action-items.ts';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import * as organisations from '#lib/server/organisations.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, params }) => {
	const council = locals.acting?.council_id ?? null;
	const [organisation, body, items] = await Promise.all([
		organisations.read(locals.db, params.id, council),
		council ? organisations.council(locals.db, council) : null,
		council ? actionItems.list(locals.db, council) : []
	]);
	return {
		organisation,
		council: body,
		today: date(new Date()),
		items: items.filter((item) => concerns(item, params.id)).toSorted(byUrgency)
	};
};

export const actions = {
	endSeat: async ({ locals, params, request }) => {
		const form = readForm(endSeatForm, await request.formData());
		const council = locals.acting?.council_id;
		if (!form.ok || !council) return refuse({ status: 409, key: 'seat_not_open' });
		try {
			await organisations.endSeat(locals.db, council, form.data.organisation);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, `/organisations/${params.id}?done=ended`);
	}
};
