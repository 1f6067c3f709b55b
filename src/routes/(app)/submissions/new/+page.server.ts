import { createHash } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/form.ts';
import * as sheet from '#lib/server/sheet.ts';
import * as submissions from '#lib/server/submissions.ts';
import type { Checked } from '#lib/submissions/check-entries.ts';
import { wordProblems } from '#lib/submissions/problem-message.ts';
import type { Table } from '#lib/submissions/table.ts';

const LARGEST_FILE = 32 * 1024 * 1024;

export const load = async ({ locals, url }) => {
	const obligation = await submissions.obligation(
		locals.db,
		url.searchParams.get('obligation') ?? ''
	);
	return {
		obligation,
		returned:
			obligation.state === 'returned' && obligation.submission_id
				? await returnOf(locals, obligation.submission_id)
				: null
	};
};

export const actions = {
	default: async ({ locals, request }) => {
		const form = readForm(upload, await request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });
		const { file, obligation: wanted } = form.data;

		const bytes = new Uint8Array(await file.arrayBuffer());
		const obligation = await submissions.obligation(locals.db, wanted);
		const dataset = await submissions.dataset(locals.db, obligation.dataset_code);
		const context = await submissions.context(locals.db, obligation, dataset);
		const { table, checked } = await sheet.check(bytes, dataset, context);
		const { entries, warnings } = checked;
		if (checked.verdict !== 'ready' || checked.unexplained > 0)
			return fail(422, explain(table, checked, locals.language));

		let receipt: submissions.Receipt;
		try {
			const named = { name: file.name, size: file.size, sha256: sha256(bytes) };
			receipt = await submissions.submit(locals.db, obligation.id, named, entries, warnings);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, `/submissions/${receipt.submission}?${receipt.repeated ? 'repeated' : 'filed'}`);
	}
};

const upload = z.object({
	obligation: z.uuid(),
	file: z
		.file({ error: () => m.submissions_file_missing() })
		.min(1, { error: () => m.submissions_file_missing() })
		.max(LARGEST_FILE, { error: () => m.submissions_file_too_large() })
});

/** Why the newest filing came back, and the cells that the reviewer marked. */
async function returnOf({ db }: App.Locals, id: string) {
	const { reviews, submission } = await submissions.submission(db, id);
	const review = reviews.findLast(({ decision }) => decision === 'return');
	if (!review) return null;
	const marked = await submissions.entriesAt(
		db,
		id,
		review.marks.map(({ position }) => position)
	);
	const dataset = await submissions.dataset(db, submission.dataset_code);
	return { reason: review.reason, marks: submissions.markedCells(review.marks, marked, dataset) };
}

/** Why nothing was saved: the list of problems, or of rules that need an explanation, with what was read of the file. */
function explain(table: Table, checked: Checked, language: App.Locals['language']) {
	const asks = checked.problem_count === 0;
	return {
		verdict: checked.verdict,
		asks,
		problems: wordProblems(asks ? checked.warnings.slice(0, 1000) : checked.problems, language),
		problem_count: asks ? checked.unexplained : checked.problem_count,
		columns: checked.verdict === 'needs_mapping' ? checked.columns : [],
		preview:
			checked.verdict === 'needs_mapping'
				? (table.sheets[table.chosen ?? 0]?.preview ?? []).slice(0, 8)
				: []
	};
}

function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}
