import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/form.ts';
import * as submissions from '#lib/server/submissions.ts';
import { cellOf, pageOf } from '#lib/submissions/page.ts';
import { marksIn } from '#lib/submissions/marks.ts';
import { wordWarnings } from '#lib/submissions/problem-message.ts';

export const load = async ({ locals, params, url }) => {
	const { db } = locals;
	const filter = pageOf(url, 200);
	const [filed, summary, entries, names, queue] = await Promise.all([
		submissions.submission(db, params.id),
		submissions.summary(db, params.id),
		submissions.entries(db, params.id, filter),
		submissions.organisationNames(db),
		submissions.queue(db)
	]);
	const dataset = await submissions.dataset(db, filed.submission.dataset_code);
	return {
		...filed,
		warnings: wordWarnings(filed.submission.warnings, locals.language),
		...entries,
		summary,
		filter,
		names,
		...(await submissions.talk(db, filed, cellOf(url))),
		labels: await submissions.labels(db, dataset, filed.obligation),
		/** Null: not this reader's to decide now. */
		turn: queue.find(({ submission_id }) => submission_id === params.id) ?? null
	};
};

export const actions = {
	accept: async ({ locals, params }) => {
		let status: string;
		try {
			status = await submissions.accept(locals.db, params.id, null);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, `/reviews?done=${status}`);
	},
	return: async ({ locals, params, request }) => {
		const sent = await request.formData();
		const form = readForm(sendingBack, sent);
		if (!form.ok) return fail(400, { errors: form.errors });
		const marks = marksIn(sent, form.data.mark, form.data.reason);
		try {
			await submissions.sendBack(locals.db, params.id, form.data.reason, marks);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, `/submissions/${params.id}`);
	}
};

const sendingBack = z.object({
	reason: z
		.string({ error: () => m.reviews_reason_missing() })
		.trim()
		.min(5, { error: () => m.reviews_reason_missing() })
		.max(2000),
	mark: z.array(z.coerce.number().int().positive()).max(1000)
});
