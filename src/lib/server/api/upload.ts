import { XLSX } from '#lib/kernel/media-types.ts';
import { submissionBody, submissionQuery } from '#lib/api/schemas.ts';
import { refusing } from '#lib/server/db.ts';
import { entriesFile } from '#lib/filing/entries-file.ts';
import { LARGEST_FILE, LARGEST_JSON } from '#lib/filing/limits.ts';
import { bytesIn, formIn } from '#lib/server/http/body.ts';
import { queryOf, read, type Language } from './endpoint.ts';
import type { Arrived } from '#lib/server/filing.ts';

const extensions: Record<string, string> = {
	'text/csv': 'csv',
	'application/csv': 'csv',
	[XLSX]: 'xlsx'
};

export type Sent = Arrived & {
	dataset: string;
	period: string;
	/** Why accepted figures are corrected. */
	revision_reason?: string | undefined;
};

/**
 * A filing as JSON, as the bytes of a CSV or XLSX file, or as a form with a field `file`.
 * @throws ZodError; refusals upload_type_not_known (415), upload_too_large and form_too_large (413), upload_not_readable (400)
 */
export async function readUpload(request: Request, url: URL, language: Language): Promise<Sent> {
	const type =
		(request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
	if (type === 'application/json') {
		const original = await bytesIn(request, LARGEST_JSON);
		const { entries, ...of } = read(submissionBody, parse(original), language);
		const name = `${of.dataset}-${of.period}.json`;
		return { ...of, name, bytes: entriesFile(entries), original };
	}
	const extension = extensions[type];
	if (extension) {
		const { file_name, ...of } = read(submissionQuery, queryOf(url), language);
		const bytes = await bytesIn(request, LARGEST_FILE);
		return { ...of, name: file_name ?? `${of.dataset}-${of.period}.${extension}`, bytes };
	}
	if (type === 'multipart/form-data') {
		const { file, ...fields } = Object.fromEntries(await formIn(request, true));
		if (!(file instanceof File)) refusing({ status: 400, key: 'upload_not_readable' });
		if (file.size > LARGEST_FILE) refusing({ status: 413, key: 'upload_too_large' });
		const { file_name, ...of } = read(submissionQuery, { ...queryOf(url), ...fields }, language);
		const name = file_name ?? (file.name.slice(0, 200) || `${of.dataset}-${of.period}`);
		return { ...of, name, bytes: new Uint8Array(await file.arrayBuffer()) };
	}
	refusing({ status: 415, key: 'upload_type_not_known' });
}

function parse(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		refusing({ status: 400, key: 'upload_not_readable' });
	}
}
