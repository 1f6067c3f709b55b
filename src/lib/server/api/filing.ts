import type { Checked } from '#lib/filing/checked.ts';
import { wordProblems, type Language } from '#lib/filing/problem-message.ts';
import { orNotFound, rows, type Db } from '#lib/server/db.ts';

/** Findings that one answer lists. */
const LISTED = 1000;

/** The id of an organisation's obligation for a dataset and period. @throws refusal obligation_not_found */
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
	return orNotFound(found, 'obligation_not_found').id;
}

/** The findings that keep a file from being filed, worded: problems, or rules that need an explanation (`asks`). */
export function findings(checked: Checked, language: Language) {
	const asks = checked.problem_count === 0;
	return {
		verdict: checked.verdict,
		asks,
		problems: wordProblems(asks ? checked.warnings.slice(0, LISTED) : checked.problems, language),
		problem_count: asks ? checked.unexplained : checked.problem_count
	};
}
