import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as uploading from '#lib/server/filing/upload.ts';
import { refusalOf, refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import * as drafts from '#lib/server/filing/form-drafts.ts';
import * as revisions from '#lib/server/revisions.ts';
import { FIELDS_PER_PAGE, type Typed } from '#lib/filing/form.ts';
import { shownForm } from '#lib/filing/shown-form.ts';

export const load = async ({ locals, url }) => {
	const { searchParams } = url;
	const obligation = await uploading.ownObligation(locals, searchParams.get('obligation') ?? '');
	if (
		obligation.excused_reason ||
		(obligation.accepted_before && !(await revisions.standing(locals.db, obligation.id)).open)
	)
		redirect(303, `/submissions/new?obligation=${obligation.id}`);
	const form = await drafts.open(locals.db, obligation);
	const wanted = searchParams.has('check') && !form.too_large;
	const [checked, returned] = await Promise.all([
		wanted ? drafts.check(locals.db, obligation, form, locals.language) : null,
		drafts.returned(locals.db, obligation)
	]);
	const region = drafts.regionOf(form, searchParams.get('region'), FIELDS_PER_PAGE);
	return { obligation, returned, checked, form: shownForm(form, region, locals.language) };
};

export const actions = {
	/** Keeps what was typed, also while somebody types. */
	save: async ({ locals, request }) => {
		const form = readForm(typed, await request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });
		try {
			return { saved: await saveOf(locals, form.data) };
		} catch (caught) {
			return changedBy(locals, form.data, caught);
		}
	},

	/** Keeps it and checks the whole form; what was found or is to be filed stands at the address, also after a reload. */
	check: async ({ locals, request }) => {
		const form = readForm(typed, await request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });
		try {
			await saveOf(locals, form.data);
		} catch (caught) {
			return changedBy(locals, form.data, caught);
		}
		redirect(303, `/submissions/new/form?obligation=${form.data.obligation}&check`);
	},

	/** Files what was reviewed, if nobody has changed it since. */
	file: async ({ locals, request }) => {
		const form = readForm(revision, await request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });
		try {
			const obligation = await uploading.ownObligation(locals, form.data.obligation);
			const receipt = await drafts.file(locals.db, obligation, form.data.revision);
			const to = receipt
				? `/submissions/${receipt.submission}?${receipt.repeated ? 'repeated' : 'filed'}`
				: `/submissions/new/form?obligation=${obligation.id}&check`;
			redirect(303, to);
		} catch (caught) {
			return refuse(caught);
		}
	},

	/** Takes what was typed away: the form starts again from what was filed, or empty. */
	discard: async ({ locals, request }) => {
		const form = readForm(revision, await request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });
		try {
			const { id } = await uploading.ownObligation(locals, form.data.obligation);
			await drafts.discard(locals.db, id, form.data.revision);
			redirect(303, `/submissions/new/form?obligation=${id}`);
		} catch (caught) {
			return refuse(caught);
		}
	}
};

const revision = z.object({
	obligation: z.uuid(),
	revision: z.coerce.number().int().min(0).max(1_000_000_000)
});

const typed = revision.extend({
	key: z.array(z.string().max(220)).max(1000),
	value: z.array(z.string().max(200)).max(1000),
	reason: z.array(z.string().max(40)).max(1000),
	explanation: z.array(z.string().max(2000)).max(1000)
});
type Sent = z.infer<typeof typed>;

function fieldsIn({ key, value, reason, explanation }: Sent): Record<string, Typed> {
	return Object.fromEntries(
		key.map((name, at) => [
			name,
			{ value: value[at] ?? '', reason: reason[at] ?? '', explanation: explanation[at] ?? '' }
		])
	);
}

async function saveOf(locals: App.Locals, sent: Sent): Promise<drafts.Saved> {
	const { id } = await uploading.ownObligation(locals, sent.obligation);
	return drafts.save(locals.db, id, fieldsIn(sent), sent.revision);
}

/** Somebody else saved meanwhile: nothing is overwritten, and the page gets both. */
async function changedBy(locals: App.Locals, sent: Sent, caught: unknown) {
	if (refusalOf(caught)?.key !== 'form_draft_changed') return refuse(caught);
	const obligation = await uploading.ownObligation(locals, sent.obligation);
	const now = await drafts.open(locals.db, obligation);
	const { revision, saved_at, saved_by } = now;
	return fail(409, {
		mine: fieldsIn(sent),
		theirs: { revision, saved_at, saved_by, typed: now.typed }
	});
}
