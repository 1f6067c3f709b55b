import { z } from 'zod';
import { reason } from '#lib/kernel/reason.ts';
import { rowId } from '#lib/kernel/row-id.ts';
import { m } from '#lib/paraglide/messages.js';
import * as mappings from '#lib/server/column-mappings.ts';
import { act } from '#lib/server/http/act.ts';
import * as revisions from '#lib/server/revisions.ts';
import * as datasets from '#lib/server/datasets.ts';
import * as organisations from '#lib/server/organisations.ts';
import * as links from '#lib/server/links.ts';
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
	const { db } = locals;
	const filter = entriesOf(url);
	const [filed, summary, entries, names, linked] = await Promise.all([
		submissions.submission(db, params.id),
		submissions.summary(db, params.id),
		submissions.entries(db, params.id, filter),
		organisations.organisationNames(db),
		links.of(db, locals.acting?.council_id, 'submission', params.id)
	]);
	const dataset = await datasets.dataset(db, filed.submission.dataset_code);
	const { organisation_id, dataset_code, obligation_id } = filed.submission;
	const [history, exceptions, objections] = await Promise.all([
		revisions.ofObligation(db, obligation_id),
		revisions.exceptions(db, obligation_id),
		revisions.objections(db, params.id)
	]);
	const objected = objections.some(({ kind }) => kind === 'return');
	const { changes: before } =
		objected && (filed.submission.version ?? 1) > 1
			? await submissions.changes(db, params.id, { against: 'version', page: 1, size: 500 })
			: { changes: [] };
	const readAs = url.searchParams.get('columns');
	const remembered = readAs ? await mappings.list(db, organisation_id, dataset_code) : [];
	return {
		...filed,
		columns: remembered.find(({ name }) => name === readAs)?.name ?? null,
		warnings: wordWarnings(filed.submission.warnings, locals.language),
		...entries,
		summary,
		links: linked,
		filter,
		names,
		...(await reviews.talk(db, filed, cellOf(url))),
		revisions: history,
		exceptions,
		objections,
		before,
		labels: await datasets.labels(db, dataset, filed.obligation),
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
