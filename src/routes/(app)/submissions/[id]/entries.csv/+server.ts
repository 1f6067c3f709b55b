import { csvResponse } from '#lib/server/http/attachment.ts';
import * as submissions from '#lib/server/submissions.ts';

export const GET = async ({ locals, params }) => {
	const { submission } = await submissions.submission(locals.db, params.id);
	const entries = await submissions.allEntries(locals.db, params.id);
	const header = [
		'measure',
		'region',
		'occupation',
		'employment_mode',
		'value',
		'missing_reason',
		'explanation'
	];
	const lines = entries.map((entry) => [
		entry.measure_code,
		entry.region_code,
		entry.occupation,
		entry.employment_mode,
		entry.value,
		entry.missing_reason,
		entry.explanation
	]);
	const name = `${submission.dataset_code}-${submission.period}-v${submission.version}`;
	return csvResponse(name, [header, ...lines], locals.acting, { codes: true });
};
