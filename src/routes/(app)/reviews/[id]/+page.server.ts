import { may } from '#lib/identity/may.ts';
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import { refusalText } from '#lib/server/http/refusal-text.ts';
import * as reviews from '#lib/server/reviews.ts';
import { cellOf, changesOf, entriesOf } from '#lib/submissions/page.ts';
import { marksIn } from '#lib/reviews/marks.ts';
import { wordWarnings } from '#lib/filing/problem-message.ts';

export const load = async ({ locals, params, url }) => {
	const entries = entriesOf(url, 200);
	const changes = changesOf(url);
	const seen = await reviews.screen(locals.db, params.id, {
		entries,
		changes,
		cell: cellOf(url)
	});
	return {
		...seen,
		filter: entries,
		asked: changes,
		mayOpen: mayOpenMore(locals.acting, seen),
		/** Why there is nothing to decide here for this reviewer. */
		refusal: seen.refusal && refusalText(seen.refusal),
		warnings: wordWarnings(seen.submission.warnings, locals.language),
		done: url.searchParams.get('done')
	};
};

export const actions = {
	accept: async ({ locals, params }) => {
		const queue = await reviews.queue(locals.db);
		let status: string;
		try {
			status = await reviews.accept(locals.db, params.id, null);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, onwards(reviews.after(queue, params.id), status));
	},
	return: async ({ locals, params, request }) => {
		const sent = await request.formData();
		const form = readForm(sendingBack, sent);
		if (!form.ok) return fail(400, { errors: form.errors });
		const marks = marksIn(sent, form.data.mark, form.data.reason);
		const queue = await reviews.queue(locals.db);
		const partly = form.data.accept_rest === 'on';
		try {
			await reviews.sendBack(locals.db, params.id, form.data.reason, marks, partly);
		} catch (caught) {
			return refuse(caught);
		}
		const done = partly ? 'partly_accepted' : 'returned';
		redirect(303, onwards(reviews.after(queue, params.id), done));
	},
	/** More cells of a version that this organisation returned. */
	open: async ({ locals, params, request }) => {
		const sent = await request.formData();
		const form = readForm(opening, sent);
		if (!form.ok) return fail(400, { errors: form.errors });
		try {
			const { mark, reason } = form.data;
			await reviews.openMore(locals.db, params.id, marksIn(sent, mark, reason));
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, `/reviews/${params.id}?done=opened`);
	}
};

/** Whoever returned the version that was decided last may open more of it. */
function mayOpenMore(
	acting: App.Acting | null,
	{ submission, returned, versions }: Awaited<ReturnType<typeof reviews.screen>>
): boolean {
	const decided = versions.findLast(({ status }) => status === 'returned' || status === 'accepted');
	return (
		submission.status === 'returned' &&
		decided?.id === submission.id &&
		(returned?.marks.length ?? 0) > 0 &&
		returned?.organisation_id === acting?.organisation_id &&
		may(acting, 'reviewer')
	);
}

const marked = z.array(z.coerce.number().int().positive()).max(1000);

const reason = z
	.string({ error: () => m.reviews_reason_missing() })
	.trim()
	.min(5, { error: () => m.reviews_reason_missing() })
	.max(2000);

const opening = z.object({
	reason,
	mark: marked.min(1, { error: () => m.reviews_open_none() })
});

const sendingBack = z.object({
	reason,
	accept_rest: z.string().max(2).optional(),
	mark: marked
});

/** The next one to decide on, or the empty queue; with what was done to the last. */
function onwards(next: string | null, done: string): string {
	return `/reviews${next ? `/${next}` : ''}?done=${done}`;
}
