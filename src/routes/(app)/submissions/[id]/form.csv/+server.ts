import { attachment } from '#lib/server/http/attachment.ts';
import { refusing } from '#lib/server/db.ts';
import * as submissions from '#lib/server/submissions.ts';
import { entriesFile, FORM_FILE } from '#lib/filing/entries-file.ts';

/** The file of a filing that was made by form, byte for byte: its hash is the receipt's. */
export const GET = async ({ locals, params }) => {
	const { submission } = await submissions.submission(locals.db, params.id);
	if (submission.file_name !== FORM_FILE) refusing({ status: 404, key: 'not_found' });
	const entries = await submissions.allEntries(locals.db, params.id);
	const sent = entries.map(({ measure_code, region_code, ...entry }) => ({
		...entry,
		measure: measure_code,
		region: region_code
	}));
	return new Response(entriesFile(sent), {
		headers: { 'content-type': 'text/csv; charset=utf-8', ...attachment(FORM_FILE, locals.acting) }
	});
};
