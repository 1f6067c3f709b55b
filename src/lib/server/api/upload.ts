import { XLSX } from '#lib/kernel/media-types.ts';
import { submissionBody, submissionQuery } from '#lib/api/schemas.ts';
import { refusing } from '#lib/server/db.ts';
import { entriesFile } from '#lib/filing/entries-file.ts';
import { LARGEST_FILE } from '#lib/filing/largest-file.ts';
import { queryOf, read, type Language } from './answer.ts';
import type { Upload } from './filing.ts';

/** JSON is parsed as one piece in the server's own thread; larger filings travel as files. */
const LARGEST_JSON = 8 * 1024 * 1024;

const extensions: Record<string, string> = {
	'text/csv': 'csv',
	'application/csv': 'csv',
	[XLSX]: 'xlsx'
};

export type Sent = Upload & { dataset: string; period: string };

/**
 * A filing as JSON, as the bytes of a CSV or XLSX file, or as a form with a field `file`.
 * @throws ZodError; refusals upload_type_not_known (415), upload_too_large (413), upload_not_readable (400)
 */
export async function readUpload(request: Request, url: URL, language: Language): Promise<Sent> {
	const type =
		(request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
	if (type === 'application/json') {
		const original = await bytesOf(request, LARGEST_JSON);
		const { entries, ...of } = read(submissionBody, parse(original), language);
		const name = `${of.dataset}-${of.period}.json`;
		return { ...of, name, bytes: entriesFile(entries), original };
	}
	const extension = extensions[type];
	if (extension) {
		const { file_name, ...of } = read(submissionQuery, queryOf(url), language);
		const bytes = await bytesOf(request, LARGEST_FILE);
		return { ...of, name: file_name ?? `${of.dataset}-${of.period}.${extension}`, bytes };
	}
	if (type === 'multipart/form-data') {
		const { file, ...fields } = await formOf(request);
		if (!(file instanceof File)) refusing({ status: 400, key: 'upload_not_readable' });
		if (file.size > LARGEST_FILE) refusing({ status: 413, key: 'upload_too_large' });
		const { file_name, ...of } = read(submissionQuery, { ...queryOf(url), ...fields }, language);
		const name = file_name ?? (file.name.slice(0, 200) || `${of.dataset}-${of.period}`);
		return { ...of, name, bytes: new Uint8Array(await file.arrayBuffer()) };
	}
	refusing({ status: 415, key: 'upload_type_not_known' });
}

async function formOf(request: Request): Promise<Record<string, FormDataEntryValue>> {
	try {
		return Object.fromEntries(await request.formData());
	} catch (caught) {
		if (!(caught instanceof TypeError)) throw caught;
		refusing({ status: 400, key: 'upload_not_readable' });
	}
}

/** The body, as long as it is not larger than it may be, whatever its header says. */
async function bytesOf(request: Request, most: number): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	let size = Number(request.headers.get('content-length') ?? 0);
	if (size > most) refusing({ status: 413, key: 'upload_too_large' });
	size = 0;
	for await (const part of request.body ?? []) {
		size += part.byteLength;
		if (size > most) refusing({ status: 413, key: 'upload_too_large' });
		parts.push(part);
	}
	return Buffer.concat(parts);
}

function parse(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		refusing({ status: 400, key: 'upload_not_readable' });
	}
}
