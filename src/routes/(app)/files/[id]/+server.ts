import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as files from '#lib/server/files.ts';
import { attachment } from '#lib/server/http/attachment.ts';

/**
 * A file, for whoever may read the row it hangs on. Nothing that is opened from here may run. The browser keeps it for its
 * own pages, and asks each time whether it may still show it.
 */
export const GET = async ({ locals, params, request }) => {
	const file = await files.read(locals.db, params.id);
	if (!file) error(404, { message: m.error_not_found() });
	const etag = `"${file.sha256}"`;
	const headers = {
		...attachment(file.name, locals.acting),
		'cache-control': 'private, no-cache',
		etag,
		'content-security-policy': "default-src 'none'; sandbox"
	};
	if (request.headers.get('if-none-match') === etag)
		return new Response(null, { status: 304, headers });
	return new Response(file.bytes, {
		headers: {
			...headers,
			'content-type': file.media_type,
			'content-length': String(file.bytes.length)
		}
	});
};
