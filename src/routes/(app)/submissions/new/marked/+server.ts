import { XLSX } from '#lib/kernel/media-types.ts';
import { attachment } from '#lib/server/http/attachment.ts';
import * as uploading from '#lib/server/filing/upload.ts';
import { orNotFound } from '#lib/server/db.ts';
import { markedFile } from '#lib/server/filing/marked-file.ts';

export const GET = async ({ locals, url }) => {
	const obligation = url.searchParams.get('obligation') ?? '';
	const kept = await uploading.kept(locals, obligation, url.searchParams.get('upload'));
	const upload = orNotFound(kept, 'upload_gone');

	const { table, problems } = await uploading.toMark(upload);
	const bytes = await markedFile(table, problems, locals.language, locals.acting);
	const name = upload.name.replace(/\.[^.]*$/, '');
	return new Response(new Uint8Array(bytes), {
		headers: { 'content-type': XLSX, ...attachment(`${name}-marked.xlsx`, locals.acting) }
	});
};
