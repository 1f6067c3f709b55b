import { LARGEST_FILE } from '#lib/filing/limits.ts';
import * as uploading from '#lib/server/filing/upload.ts';

/** How much of a file has arrived, for whoever sends it. */
export async function HEAD({ locals, params }) {
	return answer(await uploading.arrived(locals, params.sha256), 200);
}

/** The next bytes of a file, from `Upload-Offset` on, as in the core of the tus protocol. */
export async function PATCH({ locals, params, request }) {
	const at = Number(request.headers.get('upload-offset') ?? NaN);
	const { body } = new Response(request.body ?? '');
	const more = body as ReadableStream<Uint8Array>;
	return answer(await uploading.take(locals, params.sha256, at, more, LARGEST_FILE), 204);
}

function answer(offset: number, status: number): Response {
	return new Response(null, {
		status,
		headers: { 'upload-offset': String(offset), 'cache-control': 'no-store' }
	});
}
