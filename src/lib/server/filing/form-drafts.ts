import { refusing, rows, type Db } from '#lib/server/db.ts';
import * as filing from '#lib/server/filing.ts';
import * as submissions from '#lib/server/submissions.ts';
import type { Obligation } from '#lib/submissions/obligation.ts';
import type { FiledEntry, Receipt } from '#lib/submissions/submission.ts';
import { cellKey } from '#lib/filing/entry.ts';
import { FORM_FILE } from '#lib/filing/entries-file.ts';
import {
	fieldsOf,
	fileOf,
	findingsOf,
	MOST_FIELDS,
	type Form,
	type Marked,
	type Typed
} from '#lib/filing/form.ts';
import { opener } from '#lib/filing/locked-cells.ts';
import type { Language } from '#lib/filing/problem-message.ts';

/** A saving of the form; the next one names its revision. */
export type Saved = { revision: number; saved_at: string };

/** The form of an obligation: the newest filing's values, and over them what was saved since. */
export async function open(db: Db, owed: Obligation): Promise<Form> {
	const given = await filing.templateOf(db, owed.id);
	const expected = fieldsOf(given.dataset, given.regions, given.previous.keys());
	const too_large = expected.length > MOST_FIELDS;
	const [filed, locked, [draft]] = await Promise.all([
		too_large ? null : filedValues(db, owed.submission_id),
		filing.lockedCells(db, owed.id),
		db.from('form_drafts').select('*').eq('obligation_id', owed.id).then(rows)
	]);
	const fields = filed ? fieldsOf(given.dataset, given.regions, filed.keys()) : expected;
	const isOpen = locked && opener(locked);
	const closed = new Set(
		fields.flatMap(({ key, measure, ...place }) =>
			isOpen && !isOpen({ ...place, measure_code: measure.code }) ? [key] : []
		)
	);
	const saved = Object.entries((draft?.fields ?? {}) as Record<string, Typed>);
	const saver = draft
		? rows(await db.from('people').select('name').eq('id', draft.saved_by))[0]
		: undefined;
	return {
		...given,
		fields,
		too_large,
		typed: Object.fromEntries([...(filed ?? []), ...saved.filter(([key]) => !closed.has(key))]),
		closed,
		revision: draft?.revision ?? 0,
		saved_at: draft?.saved_at ?? null,
		saved_by: saver?.name ?? null,
		behind: Boolean(draft && owed.submitted_at && draft.saved_at < owed.submitted_at)
	};
}

/** The values of a filing as somebody would type them, by `cellKey`; null where nothing was filed. */
async function filedValues(db: Db, submission: string | null): Promise<Map<string, Typed> | null> {
	if (!submission) return null;
	const entries = await submissions.allEntries(db, submission);
	return new Map(entries.map((entry) => [cellKey(entry), typedAs(entry)]));
}

function typedAs({ value, missing_reason, explanation }: FiledEntry): Typed {
	return {
		value: value === null ? '' : String(value),
		reason: missing_reason ?? '',
		explanation: explanation ?? ''
	};
}

/** The return of the newest submission: its reason, and the reviewer's note at each marked value, by `cellKey`. */
export async function returned(db: Db, owed: Obligation) {
	if (owed.submission_status !== 'returned' || !owed.submission_id) return null;
	const { reviews, submission } = await submissions.submission(db, owed.submission_id);
	const review = reviews.findLast(({ decision }) => decision === 'return');
	if (!review) return null;
	const marks = new Map(review.marks.map((mark) => [mark.position, mark]));
	const marked = await submissions.entriesAt(db, submission.id, [...marks.keys()]);
	return {
		reason: review.reason,
		marks: Object.fromEntries(
			marked.map((entry): [string, Marked] => {
				const { code = 'other', note = '' } = marks.get(entry.position) ?? {};
				return [cellKey(entry), { code, note, filed: typedAs(entry) }];
			})
		)
	};
}

/** Saves fields over those of a revision. @throws the refusals of save_form_draft */
export async function save(
	db: Db,
	obligation: string,
	fields: Record<string, Typed>,
	revision: number
): Promise<Saved> {
	return rows(await db.rpc('save_form_draft', { obligation, fields, revision })) as Saved;
}

/** Takes the form away; without effect where somebody saved since. */
export async function discard(db: Db, obligation: string, revision: number): Promise<void> {
	rows(await db.rpc('discard_form_draft', { obligation, revision }));
}

/** Checks a form as the file that says the same. `findings` is null when it can be filed as it is. */
export async function check(db: Db, owed: Obligation, form: Form, language: Language) {
	const { bytes, rows: written } = fileOf(form.fields, form.typed);
	const { file, ready, checked } = await filing.check(db, owed, { name: FORM_FILE, bytes });
	return {
		sha256: file.sha256,
		findings: ready ? null : findingsOf(checked, written, language)
	};
}

/**
 * Files what was saved at a revision and takes the form away; null when the check finds something.
 * @throws refusal form_draft_changed, and those of filing.file
 */
export async function file(db: Db, owed: Obligation, revision: number): Promise<Receipt | null> {
	const form = await open(db, owed);
	if (form.revision !== revision) refusing({ status: 409, key: 'form_draft_changed' });
	const { bytes } = fileOf(form.fields, form.typed);
	const checking = await filing.check(db, owed, { name: FORM_FILE, bytes });
	if (!checking.ready) return null;
	const receipt = await filing.file(db, checking);
	await discard(db, owed.id, revision);
	return receipt;
}

/** The region of whose values a page consists where they are many; null where all fit. */
export function regionOf(form: Form, wanted: string | null, perPage: number): string | null {
	if (form.fields.length <= perPage) return null;
	const codes = form.regions.map(({ code }) => code);
	return codes.find((code) => code === wanted) ?? codes[0] ?? null;
}
