import { LARGEST_FILE } from '#lib/filing/largest-file.ts';
import * as correcting from '#lib/server/correcting.ts';

/** How much of a file has arrived, for whoever sends it. */
export async function HEAD({ locals, params }) {
	return answer(await correcting.arrived(locals, params.sha256), 200);
}

/** The next bytes of a file, from `Upload-Offset` on, as in the core of the tus protocol. */
export async function PATCH({ locals, params, request }) {
	const at = Number(request.headers.get('upload-offset') ?? NaN);
	const { body } = new Response(request.body ?? '');
	const more = body as ReadableStream<Uint8Array>;
	return answer(await correcting.take(locals, params.sha256, at, more, LARGEST_FILE), 204);
}

function answer(offset: number, status: number): Response {
	return new Response(null, {
		status,
		headers: { 'upload-offset': String(offset), 'cache-control': 'no-store' }
	});
}
