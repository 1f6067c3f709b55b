import { columnMappings } from '#lib/server/column-mappings.ts';
import * as submissions from '#lib/server/submissions.ts';
import { cellOf, pageOf } from '#lib/submissions/page.ts';
import { wordWarnings } from '#lib/submissions/problem-message.ts';

export const load = async ({ locals, params, url }) => {
	const { db } = locals;
	const filter = pageOf(url);
	const [filed, summary, entries, names] = await Promise.all([
		submissions.submission(db, params.id),
		submissions.summary(db, params.id),
		submissions.entries(db, params.id, filter),
		submissions.organisationNames(db)
	]);
	const dataset = await submissions.dataset(db, filed.submission.dataset_code);
	const { organisation_id, dataset_code } = filed.submission;
	const readAs = url.searchParams.get('columns');
	const remembered = readAs ? await columnMappings(db, organisation_id, dataset_code) : [];
	return {
		...filed,
		columns: remembered.find(({ name }) => name === readAs)?.name ?? null,
		warnings: wordWarnings(filed.submission.warnings, locals.language),
		...entries,
		summary,
		filter,
		names,
		...(await submissions.talk(db, filed, cellOf(url))),
		labels: await submissions.labels(db, dataset, filed.obligation),
		arrived: ['filed', 'repeated'].find((how) => url.searchParams.has(how)) ?? null
	};
};
