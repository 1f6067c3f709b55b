import { fail } from '@sveltejs/kit';
import { today } from '#lib/kernel/day.ts';
import { nameOf } from '#lib/kernel/language.ts';
import { listOf } from '#lib/kernel/list.ts';
import type { Region } from '#lib/kernel/named.ts';
import { organisationList } from '#lib/organisations/list.ts';
import { councilOf } from '#lib/server/council-of.ts';
import { regionSearch, theRegion } from '#lib/regions/region-search.ts';
import { registerForm } from '#lib/organisations/forms.ts';
import { m } from '#lib/paraglide/messages.js';
import { act } from '#lib/server/http/act.ts';
import { within } from '#lib/server/http/within.ts';
import * as organisations from '#lib/server/organisations.ts';
import { filled } from '#lib/form/both-languages.ts';

export const load = async ({ locals: { acting, db }, url }) => {
	const list = listOf(url, organisationList);
	const council = acting?.council_id;
	if (!council) return { list, today: today(), register: null };
	const register = within(await organisations.page(db, council, list), list, url);
	return { list, today: today(), register };
};

export const actions = {
	register: act({
		name: 'register',
		schema: registerForm,
		does: async (form, { locals }) => {
			const council = await organisations.council(locals.db, councilOf(locals.acting));
			const search = regionSearch(form.region) ?? '';
			const found = theRegion(
				search,
				await organisations.regions(locals.db, council.region_code, search)
			);
			if (!('region' in found)) return fail(400, whichRegion(found.candidates));
			const names = filled(form, 'name', 'short');
			return organisations.register(locals.db, council.id, {
				kind: form.kind,
				standing: form.standing,
				name_zh: names.name_zh,
				name_en: names.name_en,
				short_zh: names.short_zh || names.name_zh,
				short_en: names.short_en || names.name_en,
				region_code: found.region.code
			});
		},
		done: (made) => `/organisations/${made}?done=register`
	})
};

/** More than one region is called so, or none. */
function whichRegion(found: Region[]) {
	const candidates = found.map((one) => `${one.code} ${nameOf(one)}`);
	const region = candidates.length
		? m.organisations_region_ambiguous()
		: m.organisations_region_unknown();
	return { candidates, errors: { region } };
}
