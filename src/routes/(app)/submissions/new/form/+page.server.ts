import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { rowId } from '#lib/kernel/row-id.ts';
import { act } from '#lib/server/http/act.ts';
import * as uploading from '#lib/server/filing/upload.ts';
import { refusalOf } from '#lib/server/db.ts';
import * as drafts from '#lib/server/filing/form-drafts.ts';
import { FIELDS_PER_PAGE, typedIn } from '#lib/filing/form.ts';
import { formView } from '#lib/filing/form-view.ts';

const revision = z.object({
	obligation: rowId,
	revision: z.coerce.number().int().min(0).max(1_000_000_000)
});

const typed = revision.extend({
	key: z.array(z.string().max(220)).max(1000),
	value: z.array(z.string().max(200)).max(1000),
	reason: z.array(z.string().max(40)).max(1000),
	explanation: z.array(z.string().max(2000)).max(1000)
});
type Sent = z.infer<typeof typed>;

export const load = async ({ locals, url }) => {
	const { searchParams } = url;
	const asked = searchParams.get('obligation');
	if (!asked) redirect(303, '/submissions');
	const parts = await drafts.read(locals.db, asked);
	const obligation = uploading.asOwn(locals, parts.obligation);
	if (obligation.excused_reason || (obligation.accepted_before && !parts.revision))
		redirect(303, `/submissions/new?obligation=${obligation.id}`);
	const form = await drafts.formOf(locals.db, parts);
	const wanted = searchParams.has('check') && !form.too_large;
	const region = drafts.regionOf(form, searchParams.get('region'), FIELDS_PER_PAGE);
	return {
		obligation,
		returned: drafts.returned(parts),
		checked: wanted ? await drafts.check(locals.db, obligation, form, locals.language) : null,
		form: formView(form, region, locals.language)
	};
};

export const actions = {
	/** Keeps what was typed, also while somebody types. */
	save: act({
		name: 'save',
		schema: typed,
		does: (form, { locals }) => saveOf(locals, form),
		done: null
	}),

	/** Keeps it and checks the whole form; what was found or is to be filed stands at the address, also after a reload. */
	check: act({
		name: 'check',
		schema: typed,
		does: (form, { locals }) => saveOf(locals, form),
		done: (_, { obligation }) => `/submissions/new/form?obligation=${obligation}&check`
	}),

	/** Files what was reviewed, if nobody has changed it since. */
	file: act({
		name: 'file',
		schema: revision,
		does: async (form, { locals }) => {
			const obligation = await uploading.ownObligation(locals, form.obligation);
			return drafts.file(locals.db, obligation, form.revision);
		},
		done: (receipt, { obligation }) =>
			receipt
				? `/submissions/${receipt.submission}?${receipt.repeated ? 'repeated' : 'filed'}`
				: `/submissions/new/form?obligation=${obligation}&check`
	}),

	/** Takes what was typed away: the form starts again from what was filed, or empty. */
	discard: act({
		name: 'discard',
		schema: revision,
		does: async (form, { locals }) => {
			const { id } = await uploading.ownObligation(locals, form.obligation);
			await drafts.discard(locals.db, id, form.revision);
		},
		done: (_, { obligation }) => `/submissions/new/form?obligation=${obligation}`
	})
};

/** Saves a form; where somebody else saved meanwhile nothing is overwritten, and the page gets both. */
async function saveOf(
	locals: App.Locals,
	{ obligation: wanted, revision: from, key, value, reason, explanation }: Sent
) {
	const obligation = await uploading.ownObligation(locals, wanted);
	try {
		return await drafts.save(
			locals.db,
			obligation.id,
			typedIn({ key, value, reason, explanation }),
			from
		);
	} catch (caught) {
		if (refusalOf(caught)?.key !== 'form_draft_changed') throw caught;
		const now = await drafts.formOf(locals.db, await drafts.read(locals.db, obligation.id));
		const { revision, saved_at, saved_by } = now;
		return fail(409, { theirs: { revision, saved_at, saved_by, typed: now.typed } });
	}
}
