import * as correcting from '#lib/server/correcting.ts';
import type { Db } from '#lib/server/db.ts';
import * as submissions from '#lib/server/submissions.ts';
import type { Checked } from '#lib/submissions/check-entries.ts';
import { wordProblems, type Language } from '#lib/submissions/problem-message.ts';

export const LARGEST_FILE = 32 * 1024 * 1024;

/** `original`: what was sent, where `bytes` were made from it; its hash stands in the receipt. */
export type Upload = {
	name: string;
	bytes: Uint8Array;
	original?: Uint8Array;
	key?: string | undefined;
};

/** Checks a file and files it if everything is right; without a receipt, `checked` says what is not. */
export async function file(
	db: Db,
	obligation: submissions.Obligation,
	{ name, bytes, original = bytes, key }: Upload
): Promise<{ receipt: submissions.Receipt | null; checked: Checked }> {
	const checking = await correcting.checkNew(db, obligation, name, bytes);
	const { checked } = checking;
	if (!correcting.isReady(checking)) return { receipt: null, checked };
	const sent = correcting.fingerprint(name, original);
	const receipt = await submissions.submit(
		db,
		obligation.id,
		key === undefined ? sent : { ...sent, key },
		checked.entries,
		checked.warnings
	);
	return { receipt, checked };
}

/** Why nothing was filed: problems, or, where there are none, the rules that need an explanation (`asks`). */
export function findings(checked: Checked, language: Language) {
	const asks = checked.problem_count === 0;
	return {
		verdict: checked.verdict,
		asks,
		problem_count: asks ? checked.unexplained : checked.problem_count,
		problems: wordProblems(asks ? checked.warnings.slice(0, 1000) : checked.problems, language)
	};
}
