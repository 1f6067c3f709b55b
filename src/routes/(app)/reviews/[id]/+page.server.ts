import { may } from '#lib/kernel/may.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { reason } from '#lib/kernel/reason.ts';
import { m } from '#lib/paraglide/messages.js';
import { act } from '#lib/server/http/act.ts';
import { refusalText } from '#lib/server/http/refusal-text.ts';
import { withinPages } from '#lib/server/http/within.ts';
import * as reviews from '#lib/server/reviews.ts';
import { cellOf, changesOf, entriesOf } from '#lib/submissions/entry-page.ts';
import { marksIn } from '#lib/reviews/marks.ts';
import { wordWarnings } from '#lib/filing/problem-message.ts';

const marked = z.array(z.coerce.number().int().positive()).max(1000);
const opening = z.object({
	reason: reason(),
	mark: marked.min(1, { error: () => m.reviews_open_none() })
});
const sendingBack = z.object({
	reason: reason(),
	accept_rest: z.string().max(2).optional(),
	mark: marked
});

export const load = async ({ locals, params, url }) => {
	const entries = entriesOf(url, 200);
	const changes = changesOf(url);
	const seen = await reviews.screen(locals.db, params.id, {
		entries,
		changes,
		cell: cellOf(url)
	});
	withinPages(seen.total, entries, url);
	return {
		...seen,
		filter: entries,
		asked: changes,
		mayOpen: mayOpenMore(locals.acting, seen),
		/** Why there is nothing to decide here for this reviewer. */
		refusal: seen.refusal && refusalText(seen.refusal),
		warnings: wordWarnings(seen.submission.warnings, locals.language)
	};
};

export const actions = {
	accept: act({
		name: 'accept',
		does: (_, event) =>
			onwards(event, () => reviews.accept(event.locals.db, event.params.id, null)),
		done: (to) => to
	}),
	return: act({
		name: 'return',
		schema: sendingBack,
		does: ({ reason, mark, accept_rest }, event, sent) =>
			onwards(event, async () => {
				const partly = accept_rest === 'on';
				const marks = marksIn(sent, mark, reason);
				await reviews.sendBack(event.locals.db, event.params.id, reason, marks, partly);
				return partly ? 'partly_accepted' : 'returned';
			}),
		done: (to) => to
	}),
	/** More cells of a version that this organisation returned. */
	open: act({
		name: 'open',
		schema: opening,
		does: ({ reason, mark }, { locals, params }, sent) =>
			reviews.openMore(locals.db, params.id, marksIn(sent, mark, reason)),
		done: (_, __, { params }) => `/reviews/${params.id}?done=opened`
	})
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

/** Decides on one; gives where the next to decide on stands, or the empty queue, with what was done. */
async function onwards(
	{ locals, params }: RequestEvent<{ id: string }>,
	decide: () => Promise<string>
): Promise<string> {
	const queue = await reviews.queue(locals.db);
	const next = reviews.after(
		queue.map(({ submission_id }) => submission_id),
		params.id
	);
	const done = await decide();
	return `/reviews${next ? `/${next}` : ''}?done=${done}`;
}
