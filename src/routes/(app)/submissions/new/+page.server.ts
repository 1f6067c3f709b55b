import { fail, isRedirect, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { reason } from '#lib/kernel/reason.ts';
import { rowId } from '#lib/kernel/row-id.ts';
import { m } from '#lib/paraglide/messages.js';
import * as mappings from '#lib/server/column-mappings.ts';
import { act } from '#lib/server/http/act.ts';
import * as filing from '#lib/server/filing.ts';
import type { Checking } from '#lib/server/filing.ts';
import * as uploading from '#lib/server/filing/upload.ts';
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
import type { Obligation } from '#lib/submissions/obligation.ts';
import { listProblems } from '#lib/filing/problem-message.ts';
import type { Watcher } from '#lib/filing/progress.ts';
import { uploadView } from '#lib/filing/upload-view.ts';

const revision = z.object({
	obligation: rowId,
	reason: reason()
});

const sending = z.object({
	obligation: rowId,
	/** Under which the page asks how far it is. */
	progress: z.string().max(40).optional()
});

const uploaded = sending.extend({
	file: z
		.file({ error: () => m.submissions_file_missing() })
		// A field without a file comes as one without a name.
		.refine(({ name }) => name !== '', { error: () => m.submissions_file_missing(), abort: true })
		.min(1, { error: () => m.submissions_file_empty() })
		.max(LARGEST_FILE, { error: () => m.submissions_file_too_large() })
});

/** A file that came in parts before, by its SHA-256. */
const arrived = sending.extend({
	name: z.string().min(1).max(255),
	parts: z.string().length(64)
});

const kept = z.object({ obligation: rowId, upload: z.string().max(40) });

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

const replied = z.object({ submission: rowId });

const forgotten = z.object({
	obligation: rowId,
	upload: z.string().max(40).optional(),
	name: z.string().max(80)
});

export const load = async ({ locals, url }) => {
	const asked = url.searchParams.get('obligation');
	if (!asked) redirect(303, '/submissions');
	sheet.prepare();
	const { came_back, ...owed } = await submissions.filingPage(locals.db, asked);
	const { obligation } = owed;
	const wanted = url.searchParams.get('upload');
	const upload = await uploading.kept(locals, obligation.id, wanted);
	const dataset = await datasets.datasetOf(locals.db, obligation);
	return {
		...owed,
		upload: upload && uploadView(upload, dataset, locals.language),
		gone: Boolean(wanted && !upload),
		formOffered: await uploading.fitsForm(locals, obligation, dataset),
		returned: reviews.cameBack(came_back, dataset)
	};
};

export const actions = {
	/** Why accepted figures are to be corrected. */
	revise: act({
		name: 'revise',
		schema: revision,
		does: ({ obligation, reason }, { locals }) => revisions.open(locals.db, obligation, reason),
		done: (_, { obligation }) => `/submissions/new?obligation=${obligation}`
	}),

	/** A new file: filed if everything is right, otherwise kept while it is corrected. */
	upload: act({
		name: 'upload',
		does: async (_, { locals }, sent) => {
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
				throw caught;
			}
		},
		done: null
	}),

	/** What the sheet, its header and its columns are. */
	map: act({
		name: 'map',
		schema: mapped,
		does: async ({ obligation: of, upload: id, intent, remember, name, ...said }, { locals }) => {
			const { obligation, upload } = await uploading.keptFor(locals, {
				obligation: of,
				upload: id
			});
			const checking = await uploading.checkAgain(
				locals.db,
				obligation,
				upload,
				await mappedReading(locals, obligation, upload, said)
			);
			if (remember && uploading.isMapped(checking))
				await uploading.saveColumns(locals.db, checking, name || upload.name);
			return goOn(locals, checking, upload, { files: intent !== 'preview' });
		},
		done: null
	}),

	/** Cells corrected in the list of problems, and rules explained. */
	correct: act({
		name: 'correct',
		schema: correction,
		does: async (form, { locals }) => {
			const { obligation, upload } = await uploading.keptFor(locals, form);
			const reading = correctedReading(upload, form);
			const checking = await uploading.checkAgain(locals.db, obligation, upload, reading);
			return goOn(locals, checking, upload);
		},
		done: null
	}),

	/** Forgets remembered columns; a kept file that was read by them is asked about again. */
	forget: act({
		name: 'forget',
		schema: forgotten,
		does: async ({ obligation: wanted, upload: id, name }, { locals }) => {
			const obligation = await uploading.ownObligation(locals, wanted);
			await mappings.forget(locals.db, obligation.dataset_code, name);
			const upload = await uploading.kept(locals, obligation.id, id ?? null);
			if (upload?.remembered !== name) return name;
			const checking = await uploading.checkAgain(locals.db, obligation, upload, UNREAD);
			return goOn(locals, { ...checking, remembered: null }, upload, { files: false });
		},
		done: null
	}),

	/** Answers to the reviewer's marks; the correction itself is another step. */
	reply: act({
		name: 'reply',
		schema: replied,
		does: async ({ submission }, { locals }, sent) => {
			const said = repliesIn(sent);
			if (said.length === 0) return fail(400, { message: m.submissions_reply_none() });
			await reviews.reply(locals.db, submission, said);
			return said.length;
		},
		done: null
	}),

	/** Starts over with another file. */
	discard: act({
		name: 'discard',
		schema: kept,
		does: async (form, { locals }) => {
			const { upload } = await uploading.keptFor(locals, form);
			await uploading.discard(upload);
		},
		done: (_, { obligation }) => `/submissions/new?obligation=${obligation}`
	})
};

/** How a kept file is read with what was answered about its sheet, its header and its columns. */
async function mappedReading(
	locals: App.Locals,
	obligation: Obligation,
	{ found, reading }: Upload,
	{
		column,
		target,
		...said
	}: Omit<z.infer<typeof mapped>, 'obligation' | 'upload' | 'intent' | 'remember' | 'name'>
): Promise<Reading> {
	const dataset = await datasets.datasetOf(locals.db, obligation);
	const targets = new Map(column.map((letters, at) => [letters, target[at] ?? '']));
	const { table, checked } = found;
	return answered(reading, table, checked.problems, { ...said, targets }, targetsOf(dataset));
}

/** How a kept file is read with what was typed over its cells and said of the rules that fired. */
function correctedReading(
	{ found, reading }: Upload,
	{ cell, value, explain_rule, explain_cell, explanation }: z.infer<typeof correction>
): Reading {
	const typed = cell.map((address, at) => ({ cell: address, value: value[at] ?? '' }));
	const said = explanation.map((text, at) => ({
		rule: explain_rule[at] ?? '',
		cell: explain_cell[at] ?? '',
		text
	}));
	return {
		...corrected(reading, found.checked.problems, typed),
		explanations: [...reading.explanations, ...said.filter(({ text }) => text.trim())]
	};
}

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
