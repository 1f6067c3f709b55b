import { jsonOf, orNotFound, refusing, rows, type Db } from '#lib/server/db.ts';
import * as filing from '#lib/server/filing.ts';
import type { OwedFiling } from '#lib/server/submissions.ts';
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

/** All that the form of an obligation is made of, in one call. @throws refusal obligation_not_found */
export async function read(db: Db, obligation: string): Promise<FormParts> {
	const found = await db.rpc('filing_form_page', { obligation, most: MOST_FIELDS });
	return orNotFound(jsonOf<FormParts | null>(found), 'obligation_not_found');
}

type FormParts = OwedFiling & {
	/** The region of the organisation that files. */
	jurisdiction: string;
	history: filing.History | null;
	/** The values of the newest filing; null where nothing was filed, or the period before has too many for a form. */
	filed: {
		/** By `cellKey`. */
		keys: string[];
		values: FiledEntry['value'][];
		missing_reasons: FiledEntry['missing_reason'][];
		explanations: FiledEntry['explanation'][];
	} | null;
	locked: filing.LockedColumns | null;
	draft: {
		fields: Record<string, Typed>;
		revision: number;
		saved_at: string;
		/** The person's name, while the reader may know it. */
		saved_by: string | null;
	} | null;
};

/** The form of an obligation: the newest filing's values, and over them what was saved since. */
export async function formOf(db: Db, parts: FormParts): Promise<Form> {
	const { obligation: owed, draft } = parts;
	const given = await filing.templateFor(db, owed, parts.jurisdiction, parts.history);
	const expected = fieldsOf(given.dataset, given.regions, given.previous.keys());
	const too_large = Math.max(expected.length, given.previous.size) > MOST_FIELDS;
	const filed = too_large ? null : filedValues(parts.filed);
	const locked = filing.lockedIn(parts.locked);
	const fields = filed ? fieldsOf(given.dataset, given.regions, filed.keys()) : expected;
	const isOpen = locked && opener(locked);
	const closed = new Set(
		fields.flatMap(({ key, measure, ...place }) =>
			isOpen && !isOpen({ ...place, measure_code: measure.code }) ? [key] : []
		)
	);
	const saved = Object.entries(draft?.fields ?? {});
	return {
		...given,
		fields,
		too_large,
		typed: Object.fromEntries([...(filed ?? []), ...saved.filter(([key]) => !closed.has(key))]),
		closed,
		revision: draft?.revision ?? 0,
		saved_at: draft?.saved_at ?? null,
		saved_by: draft?.saved_by ?? null,
		behind: Boolean(draft && owed.submitted_at && draft.saved_at < owed.submitted_at)
	};
}

/** The values of a filing as somebody would type them, by `cellKey`; null where nothing was filed. */
function filedValues(filed: FormParts['filed']): Map<string, Typed> | null {
	if (!filed) return null;
	return new Map(
		filed.keys.map((key, at) => {
			const value = filed.values[at] ?? null;
			const missing_reason = filed.missing_reasons[at] ?? null;
			return [key, typedAs({ value, missing_reason, explanation: filed.explanations[at] ?? null })];
		})
	);
}

function typedAs({
	value,
	missing_reason,
	explanation
}: Pick<FiledEntry, 'value' | 'missing_reason' | 'explanation'>): Typed {
	return {
		value: value === null ? '' : String(value),
		reason: missing_reason ?? '',
		explanation: explanation ?? ''
	};
}

/** The return of the newest submission: its reason, and the reviewer's note at each marked value, by `cellKey`. */
export function returned({ came_back }: FormParts) {
	if (!came_back) return null;
	const { review, entries } = came_back;
	const marks = new Map(review.marks.map((mark) => [mark.position, mark]));
	return {
		reason: review.reason,
		marks: Object.fromEntries(
			entries.map((entry): [string, Marked] => {
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
	const form = await formOf(db, await read(db, owed.id));
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
