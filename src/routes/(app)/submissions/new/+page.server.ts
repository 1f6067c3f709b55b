import { fail, isRedirect, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import * as mappings from '#lib/server/column-mappings.ts';
import * as filing from '#lib/server/filing.ts';
import type { Checking } from '#lib/server/filing.ts';
import * as uploading from '#lib/server/filing/upload.ts';
import { refuse } from '#lib/server/db.ts';
import * as deadlines from '#lib/server/deadlines.ts';
import { LARGEST_FILE } from '#lib/filing/limits.ts';
import { readForm } from '#lib/server/http/form.ts';
import * as progress from '#lib/server/process/progress.ts';
import * as revisions from '#lib/server/revisions.ts';
import * as sheet from '#lib/server/sheets.ts';
import * as datasets from '#lib/server/datasets.ts';
import * as reviews from '#lib/server/reviews.ts';
import * as submissions from '#lib/server/submissions.ts';
import type { Upload } from '#lib/filing/upload.ts';
import { answered, corrected } from '#lib/sheets/mapping-answers.ts';
import { targetsOf, UNREAD, type Reading } from '#lib/sheets/mapping.ts';
import { repliesIn } from '#lib/reviews/marks.ts';
import { listProblems } from '#lib/filing/problem-message.ts';
import type { Watcher } from '#lib/filing/progress.ts';
import { shown } from '#lib/filing/shown.ts';

export const load = async ({ locals, url }) => {
	sheet.prepare();
	const obligation = await submissions.obligation(
		locals.db,
		url.searchParams.get('obligation') ?? ''
	);
	const dataset = await datasets.datasetOf(locals.db, obligation);
	const wanted = url.searchParams.get('upload');
	const upload = await uploading.kept(locals, obligation.id, wanted);
	return {
		obligation,
		revising: obligation.accepted_before
			? await revisions.standing(locals.db, obligation.id)
			: null,
		upload: upload && shown(upload, dataset, locals.language),
		gone: Boolean(wanted && !upload),
		wished: (await deadlines.openRequests(locals.db))[obligation.id] ?? null,
		remembered: await mappings.list(locals.db, obligation.organisation_id, obligation.dataset_code),
		returned:
			obligation.submission_status === 'returned' && obligation.submission_id
				? await reviews.cameBack(
						locals.db,
						await submissions.submission(locals.db, obligation.submission_id)
					)
				: null
	};
};

export const actions = {
	/** Why accepted figures are to be corrected. */
	revise: async ({ locals, request }) => {
		const form = readForm(revision, await request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });
		try {
			await revisions.open(locals.db, form.data.obligation, form.data.reason);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, `/submissions/new?obligation=${form.data.obligation}`);
	},

	/** A new file: filed if everything is right, otherwise kept while it is corrected. */
	upload: async ({ locals, request }) => {
		const sent = await request.formData();
		const form = readForm(sent.has('parts') ? arrived : uploaded, sent);
		if (!form.ok) return fail(400, { errors: form.errors });
		const { obligation: wanted, progress: told = '', ...of } = form.data;

		try {
			const obligation = await uploading.ownObligation(locals, wanted);
			const { name, bytes } = await newFile(locals, of);
			return await progress.watched(locals.person?.id ?? '', told, async (watcher) => {
				const checking = await uploading.checkNew(locals.db, obligation, name, bytes, watcher);
				watcher.cancelled.throwIfAborted();
				if (checking.checked.verdict === 'refused') return fail(422, refused(checking, locals));
				return goOn(locals, checking, bytes, { watcher });
			});
		} catch (caught) {
			// Filed or kept: what came in parts is no longer needed for another try.
			if (isRedirect(caught) && 'parts' in of) await uploading.forgetParts(locals, of.parts);
			return refuse(caught);
		}
	},

	/** What the sheet, its header and its columns are. */
	map: async ({ locals, request }) => {
		const form = readForm(mapped, await request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });
		const { intent, remember, name, column, target, ...said } = form.data;

		try {
			const { obligation, upload } = await uploading.keptFor(locals, form.data);
			const dataset = await datasets.datasetOf(locals.db, obligation);
			const { table, checked } = upload.found;
			const targets = new Map(column.map((letters, at) => [letters, target[at] ?? '']));
			const reading = answered(
				upload.reading,
				table,
				checked.problems,
				{ ...said, targets },
				targetsOf(dataset)
			);
			const checking = await uploading.checkAgain(locals.db, obligation, upload, reading);
			if (remember && uploading.isMapped(checking))
				await uploading.saveColumns(locals.db, checking, name || upload.name);
			return await goOn(locals, checking, upload, { files: intent !== 'preview' });
		} catch (caught) {
			return refuse(caught);
		}
	},

	/** Cells corrected in the list of problems, and rules explained. */
	correct: async ({ locals, request }) => {
		const form = readForm(correction, await request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });
		const { cell, value, explain_rule, explain_cell, explanation } = form.data;

		try {
			const { obligation, upload } = await uploading.keptFor(locals, form.data);
			const typed = cell.map((address, at) => ({ cell: address, value: value[at] ?? '' }));
			const said = explanation.map((text, at) => ({
				rule: explain_rule[at] ?? '',
				cell: explain_cell[at] ?? '',
				text
			}));
			const reading: Reading = {
				...corrected(upload.reading, upload.found.checked.problems, typed),
				explanations: [...upload.reading.explanations, ...said.filter(({ text }) => text.trim())]
			};
			const checking = await uploading.checkAgain(locals.db, obligation, upload, reading);
			return await goOn(locals, checking, upload);
		} catch (caught) {
			return refuse(caught);
		}
	},

	/** Forgets remembered columns; a kept file that was read by them is asked about again. */
	forget: async ({ locals, request }) => {
		const form = readForm(forgotten, await request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });
		try {
			const obligation = await uploading.ownObligation(locals, form.data.obligation);
			await mappings.forget(locals.db, obligation.dataset_code, form.data.name);
			const upload = await uploading.kept(locals, obligation.id, form.data.upload ?? null);
			if (upload?.remembered !== form.data.name) return { forgotten: form.data.name };
			const checking = await uploading.checkAgain(locals.db, obligation, upload, UNREAD);
			return await goOn(locals, { ...checking, remembered: null }, upload, { files: false });
		} catch (caught) {
			return refuse(caught);
		}
	},

	/** Answers to the reviewer's marks; the correction itself is another step. */
	reply: async ({ locals, request }) => {
		const sent = await request.formData();
		const form = readForm(replied, sent);
		if (!form.ok) return fail(400, { errors: form.errors });
		const said = repliesIn(sent);
		if (said.length === 0) return fail(400, { message: m.submissions_reply_none() });
		try {
			await reviews.reply(locals.db, form.data.submission, said);
			return { replied: said.length };
		} catch (caught) {
			return refuse(caught);
		}
	},

	/** Starts over with another file. */
	discard: async ({ locals, request }) => {
		const form = readForm(kept, await request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });
		try {
			const { obligation, upload } = await uploading.keptFor(locals, form.data);
			await uploading.discard(upload);
			redirect(303, `/submissions/new?obligation=${obligation.id}`);
		} catch (caught) {
			return refuse(caught);
		}
	}
};

const revision = z.object({
	obligation: z.uuid(),
	reason: revisions.reason
});

const sending = z.object({
	obligation: z.uuid(),
	/** Under which the page asks how far it is. */
	progress: z.string().max(40).optional()
});

const uploaded = sending.extend({
	file: z
		.file({ error: () => m.submissions_file_missing() })
		.min(1, { error: () => m.submissions_file_missing() })
		.max(LARGEST_FILE, { error: () => m.submissions_file_too_large() })
});

/** A file that came in parts before, by its SHA-256. */
const arrived = sending.extend({
	name: z.string().min(1).max(255),
	parts: z.string().length(64)
});

const kept = z.object({ obligation: z.uuid(), upload: z.string().max(40) });

const mapped = kept.extend({
	sheet: z.string().max(200).optional(),
	header_row: z.coerce.number().int().min(0).max(1_000_000).optional(),
	header_rows: z.coerce.number().int().min(1).max(3).optional(),
	encoding: z.string().max(20).optional(),
	delimiter: z.string().max(2).optional(),
	dates: z.enum(['day_first', 'month_first']).optional(),
	column: z.array(z.string().max(3)).max(1024),
	target: z.array(z.string().max(80)).max(1024),
	remember: z.string().optional(),
	name: z.string().trim().max(80).optional(),
	intent: z.string().max(20).optional()
});

const correction = kept.extend({
	cell: z.array(z.string().max(12)).max(500),
	value: z.array(z.string().max(2000)).max(500),
	explain_rule: z.array(z.string().max(80)).max(1000),
	explain_cell: z.array(z.string().max(24)).max(1000),
	explanation: z.array(z.string().max(2000)).max(1000)
});

const replied = z.object({ submission: z.uuid() });

const forgotten = z.object({
	obligation: z.uuid(),
	upload: z.string().max(40).optional(),
	name: z.string().max(80)
});

async function newFile(
	locals: App.Locals,
	of: { file: File } | { name: string; parts: string }
): Promise<{ name: string; bytes: Uint8Array }> {
	if ('parts' in of) return { name: of.name, bytes: await uploading.taken(locals, of.parts) };
	return { name: of.file.name, bytes: new Uint8Array(await of.file.arrayBuffer()) };
}

/** Files what is ready; otherwise keeps it with what was found and shows that, also after a reload. */
async function goOn(
	locals: App.Locals,
	checking: Checking,
	from: Uint8Array | Upload,
	{ files = true, watcher }: { files?: boolean; watcher?: Watcher } = {}
) {
	const { obligation, remembered } = checking;
	if (files && checking.ready) {
		const receipt = await filing.file(locals.db, checking, { watcher });
		if (!(from instanceof Uint8Array)) await uploading.discard(from);
		const by = remembered ? `&columns=${encodeURIComponent(remembered)}` : '';
		redirect(
			303,
			`/submissions/${receipt.submission}?${receipt.repeated ? 'repeated' : 'filed'}${by}`
		);
	}
	const upload = await uploading.keep(locals, checking, from);
	redirect(303, `/submissions/new?obligation=${obligation.id}&upload=${upload.id}`);
}

/** Why a file cannot be read at all. */
function refused({ checked }: Checking, { language }: App.Locals) {
	return {
		problems: listProblems(checked.problems, language),
		problem_count: checked.problem_count
	};
}
