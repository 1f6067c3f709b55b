import { fail, redirect } from '@sveltejs/kit';
import { regionSearch, theRegion } from '#lib/regions/region-search.ts';
import { registerForm } from '#lib/organisations/forms.ts';
import { m } from '#lib/paraglide/messages.js';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import * as organisations from '#lib/server/organisations.ts';
import { sentValues } from '#lib/server/http/sent-values.ts';
import { filled } from '#lib/ui/both-languages.ts';
import { date, nameOf } from '#lib/ui/format.ts';

export const load = async ({ locals }) => {
	const id = locals.acting?.council_id;
	if (!id) return { council: null, organisations: [], regions: [], today: date(new Date()) };

	const council = await organisations.council(locals.db, id);
	const [list, regions] = await Promise.all([
		organisations.list(locals.db, id),
		locals.acting?.secretariat ? organisations.regions(locals.db, council.region_code, null) : []
	]);
	return { council, organisations: list, regions, today: date(new Date()) };
};

export const actions = {
	register: async ({ locals, request }) => {
		const council = await organisations.council(locals.db, councilOf(locals));
		const sent = await request.formData();
		const values = sentValues(sent);
		const form = readForm(registerForm, sent);
		if (!form.ok) return fail(400, { values, errors: form.errors });

		const search = regionSearch(form.data.region) ?? '';
		const found = theRegion(
			search,
			await organisations.regions(locals.db, council.region_code, search)
		);
		if (!('region' in found)) {
			const candidates = found.candidates.map((one) => `${one.code} ${nameOf(one)}`);
			return fail(400, {
				values,
				candidates,
				errors: {
					region: candidates.length
						? m.organisations_region_ambiguous()
						: m.organisations_region_unknown()
				}
			});
		}
		const { kind, standing } = form.data;
		const { name_zh, name_en } = filled(form.data, 'name');
		const { short_zh, short_en } = filled(form.data, 'short');
		let made: string;
		try {
			made = await organisations.register(locals.db, council.id, {
				kind,
				standing,
				name_zh,
				name_en,
				short_zh: short_zh || name_zh,
				short_en: short_en || name_en,
				region_code: found.region.code
			});
		} catch (caught) {
			const refused = refuse(caught);
			return fail(refused.status, { ...refused.data, values });
		}
		redirect(303, `/organisations/${made}?done=registered`);
	}
};

function councilOf({ acting }: App.Locals): string {
	if (!acting?.council_id) redirect(303, '/organisations');
	return acting.council_id;
}
