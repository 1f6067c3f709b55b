import { z } from 'zod';
import { reason } from '#lib/kernel/reason.ts';
import { rowId } from '#lib/kernel/row-id.ts';
import { m } from '#lib/paraglide/messages.js';
import { act } from '#lib/server/http/act.ts';
import { withinPages } from '#lib/server/http/within.ts';
import * as revisions from '#lib/server/revisions.ts';
import * as datasets from '#lib/server/datasets.ts';
import * as reviews from '#lib/server/reviews.ts';
import * as submissions from '#lib/server/submissions.ts';
import { cellOf, entriesOf } from '#lib/submissions/entry-page.ts';
import { wordWarnings } from '#lib/filing/problem-message.ts';

const exception = z.object({
	reason: reason(),
	until: z.iso.date({ error: () => m.revisions_until_missing() })
});
const decision = z.object({
	objection: rowId,
	outcome: z.enum(['upheld', 'accepted_as_filed'], { error: () => m.revisions_outcome_missing() }),
	reason: reason()
});

export const load = async ({ locals, params, url }) => {
	const { db, acting } = locals;
	const filter = entriesOf(url);
	const { came_back, exceptions, jurisdiction, ...filed } = await submissions.submissionPage(
		db,
		params.id,
		acting?.council_id ?? null,
		{
			entries: filter,
			cell: cellOf(url),
			columns: url.searchParams.get('columns') || null
		}
	);
	withinPages(filed.total, filter, url);
	const dataset = await datasets.dataset(db, filed.submission.dataset_code);
	return {
		...filed,
		warnings: wordWarnings(filed.submission.warnings, locals.language),
		filter,
		returned: reviews.cameBack(came_back, dataset),
		exceptions,
		labels: await datasets.labels(db, dataset, jurisdiction ?? ''),
		arrived: ['filed', 'repeated'].find((how) => url.searchParams.has(how)) ?? null
	};
};

export const actions = {
	reopen: act({
		name: 'reopen',
		schema: z.object({ reason: reason() }),
		does: ({ reason }, { locals, params }) => revisions.reopen(locals.db, params.id, reason)
	}),
	objection: act({
		name: 'objection',
		schema: z.object({ reason: reason() }),
		does: ({ reason }, { locals, params }) => revisions.raiseObjection(locals.db, params.id, reason)
	}),
	grant: act({
		name: 'grant',
		schema: exception,
		does: async ({ reason, until }, { locals, params }) => {
			const { submission } = await submissions.submission(locals.db, params.id);
			await revisions.grantException(locals.db, submission.obligation_id, reason, until);
		}
	}),
	decide: act({
		name: 'decide',
		schema: decision,
		at: 'objection',
		does: ({ objection, outcome, reason }, { locals }) =>
			revisions.decide(locals.db, objection, outcome, reason)
	})
};
