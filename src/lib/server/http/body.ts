import { refusing } from '#lib/server/db.ts';

/** What a form may hold. */
type Limits = { plainBytes: number; multipartBytes: number; fields: number };

const KB = 1024;
const MB = 1024 * KB;

/** A stranger signs in, sets up, or comes back with a form whose session is over; none of these carries a file. */
const OF_NOBODY: Limits = { plainBytes: 256 * KB, multipartBytes: MB, fields: 1_000 };

/** A page of the online form has four fields for each value that its script sends, a thousand values at most. */
const OF_THE_KNOWN: Limits = { plainBytes: 2 * MB, multipartBytes: 64 * MB, fields: 5_000 };

/** Bytes before the content of a part: its name, and that of its file. */
const LONGEST_PART_HEAD = 8 * KB;

const limitsOf = (isKnown: boolean) => (isKnown ? OF_THE_KNOWN : OF_NOBODY);

/** Whether more comes than anybody types: files, in one piece or in parts. */
export function bringsFile({ body, headers }: Request): boolean {
	const length = headers.get('content-length');
	return body !== null && (length === null || Number(length) > 256 * KB);
}

/** Whether a form says of itself that it is larger than whoever sends it may send. */
export function saysTooLarge({ headers }: Request, isKnown: boolean): boolean {
	const limits = limitsOf(isKnown);
	const most = boundaryOf(headers) === null ? limits.plainBytes : limits.multipartBytes;
	return Number(headers.get('content-length') ?? 0) > most;
}

/**
 * The form in a request, in time that grows with its size alone: `Request.formData` takes minutes for a few megabytes of
 * ampersands, during which nobody else is served.
 * @throws refusals form_too_large (413), upload_too_large (413), upload_not_readable (400)
 */
export async function formIn(request: Request, isKnown: boolean): Promise<FormData> {
	const limits = limitsOf(isKnown);
	const boundary = boundaryOf(request.headers);
	if (boundary !== null) {
		const bytes = await bytesIn(request, limits.multipartBytes);
		return parts(bytes, boundary, limits.fields);
	}
	const type = request.headers.get('content-type') ?? '';
	if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
		refusing({ status: 400, key: 'upload_not_readable' });
	return pairs(await bytesIn(request, limits.plainBytes, 'form_too_large'), limits.fields);
}

/**
 * A body, counted as it comes: its header may say anything. What comes beyond is read and dropped, so that its sender
 * reads the answer.
 * @throws refusal of `key` (413) beyond `most` bytes
 */
export async function bytesIn(
	request: Request,
	most: number,
	key = 'upload_too_large'
): Promise<Buffer<ArrayBuffer>> {
	const reader = request.body?.getReader();
	if (!reader) return Buffer.alloc(0);
	const chunks: Uint8Array[] = [];
	let size = Number(request.headers.get('content-length') ?? 0) > most ? most : 0;
	for (;;) {
		const { done, value } = await next(reader, key);
		if (done) return Buffer.concat(chunks);
		size += value.byteLength;
		if (size > most) {
			void drop(reader);
			refusing({ status: 413, key });
		}
		chunks.push(value);
	}
}

/** Takes what nobody has read of a request, so that its connection can carry another. */
export function dropRest({ body }: Request): void {
	if (body && !body.locked) void drop(body.getReader());
}

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

async function next(reader: Reader, key: string) {
	try {
		return await reader.read();
	} catch (caught) {
		// The adapter stops at the most that one request may carry.
		if ((caught as { status?: number } | null)?.status === 413) refusing({ status: 413, key });
		// A connection that broke off.
		refusing({ status: 400, key: 'upload_not_readable' });
	}
}

async function drop(reader: Reader): Promise<void> {
	try {
		while (!(await reader.read()).done);
	} catch {
		// Nobody waits for it.
	}
}

/** What stands between the parts of a multipart form; null where it is none. */
function boundaryOf(headers: Headers): string | null {
	const type = headers.get('content-type') ?? '';
	if (!/^multipart\/form-data\s*(;|$)/i.test(type)) return null;
	const [, quoted, plain] = /;\s*boundary=(?:"([^"]*)"|([^\s;"]+))/i.exec(type) ?? [];
	return quoted ?? plain ?? '';
}

async function parts(
	bytes: Buffer<ArrayBuffer>,
	boundary: string,
	most: number
): Promise<FormData> {
	const mark = `--${boundary}`;
	let count = 0;
	for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + mark.length)) {
		const isLast = bytes.toString('latin1', at + mark.length, at + mark.length + 2) === '--';
		const head = bytes.subarray(at, at + LONGEST_PART_HEAD);
		if (!isLast && !head.includes('\r\n\r\n'))
			refusing({ status: 400, key: 'upload_not_readable' });
		if (++count > most + 1) refusing({ status: 413, key: 'form_too_large' });
	}
	try {
		// Under the very boundary that was counted, however the header may be read otherwise.
		const type = `multipart/form-data; boundary="${boundary}"`;
		return await new Response(bytes, { headers: { 'content-type': type } }).formData();
	} catch {
		refusing({ status: 400, key: 'upload_not_readable' });
	}
}

/** As `URLSearchParams` reads them. */
function pairs(bytes: Buffer, most: number): FormData {
	const form = new FormData();
	const sent = bytes.toString('latin1').split('&', most + 1);
	if (sent.length > most) refusing({ status: 413, key: 'form_too_large' });
	for (const pair of sent) {
		if (pair === '') continue;
		const equals = pair.indexOf('=');
		const name = equals === -1 ? pair : pair.slice(0, equals);
		form.append(textOf(name), equals === -1 ? '' : textOf(pair.slice(equals + 1)));
	}
	return form;
}

function textOf(encoded: string): string {
	const bytes = encoded
		.replaceAll('+', ' ')
		.replace(/%[0-9a-f]{2}/gi, (escaped) => String.fromCharCode(parseInt(escaped.slice(1), 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
