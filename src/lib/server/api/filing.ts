import { createHash } from 'node:crypto';
import { refusalOf, refusing, rows, type Db } from '#lib/server/db.ts';
import * as revisions from '#lib/server/revisions.ts';
import * as sheet from '#lib/server/sheets.ts';
import * as datasets from '#lib/server/datasets.ts';
import * as filing from '#lib/server/filing.ts';
import * as submissions from '#lib/server/submissions.ts';
import type { Receipt } from '#lib/submissions/submission.ts';
import type { Checked } from '#lib/filing/check-entries.ts';
import { wordProblems, type Language } from '#lib/filing/problem-message.ts';

/** Findings that one answer lists. */
const LISTED = 1000;

export type Upload = {
	name: string;
	/** The CSV or XLSX file. */
	bytes: Uint8Array;
	/** What arrived, where `bytes` were made from it; its hash stands on the receipt. */
	original?: Uint8Array;
	/** The sender's name for this filing: the same again changes nothing. */
	key?: string | undefined;
	/** Why accepted figures are corrected. */
	revision_reason?: string | undefined;
};

type Filed = { receipt: Receipt } | { receipt: null; checked: Checked };

/** What an organisation owes for a dataset and period, by its id. @throws refusal obligation_not_found */
export async function obligationOf(
	db: Db,
	acting: App.Acting,
	of: { dataset: string; period: string }
): Promise<string> {
	let wanted = db
		.from('obligations')
		.select('id')
		.eq('organisation_id', acting.organisation_id)
		.eq('dataset_code', of.dataset)
		.eq('period', of.period);
	if (acting.council_id) wanted = wanted.eq('council_id', acting.council_id);
	const [found] = rows(await wanted.limit(1));
	return found?.id ?? refusing({ status: 404, key: 'obligation_not_found' });
}

/**
 * Checks a file with the reader and the rules of the page and files it, whole or not at all. Without a receipt
 * `checked` says why nothing was saved.
 * With a reason, a correction of accepted figures is opened first.
 * @throws the refusals of `submissions.obligation`, `filing.submit` and `revisions.open`
 */
export function file(db: Db, obligation: string, upload: Upload): Promise<Filed> {
	return inTurn(obligation, async () => {
		const owed = await submissions.obligation(db, obligation);
		const dataset = await datasets.datasetOf(db, owed);
		const context = await filing.context(db, owed, dataset);
		const { checked, batches } = await sheet.check(upload.bytes, dataset, context);
		if (checked.verdict !== 'ready' || checked.unexplained > 0) return { receipt: null, checked };

		const { name, bytes, original = bytes, key } = upload;
		const sha256 = createHash('sha256').update(original).digest('hex');
		const named = { name, size: original.byteLength, sha256, ...(key && { key }) };
		const submit = () => filing.submit(db, owed.id, named, batches, checked.warnings);
		const reason = upload.revision_reason;
		try {
			return { receipt: await submit() };
		} catch (caught) {
			if (!reason || refusalOf(caught)?.key !== 'revision_not_opened') throw caught;
			await revisions.open(db, owed.id, reason);
			return { receipt: await submit() };
		}
	});
}

/** What keeps a filing from being saved, worded: problems, or rules that need an explanation (`asks`). */
export function findings(checked: Checked, language: Language) {
	const asks = checked.problem_count === 0;
	return {
		verdict: checked.verdict,
		asks,
		problems: wordProblems(asks ? checked.warnings.slice(0, LISTED) : checked.problems, language),
		problem_count: asks ? checked.unexplained : checked.problem_count
	};
}

const last = new Map<string, Promise<unknown>>();

/** One filing of an obligation after the other: the same file sent twenty times at once is then filed once. */
async function inTurn<T>(obligation: string, act: () => Promise<T>): Promise<T> {
	const before = last.get(obligation) ?? Promise.resolve();
	const mine = before.catch(() => undefined).then(act);
	last.set(obligation, mine);
	try {
		return await mine;
	} finally {
		if (last.get(obligation) === mine) last.delete(obligation);
	}
}
