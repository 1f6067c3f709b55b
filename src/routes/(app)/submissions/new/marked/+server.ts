import { XLSX } from '#lib/kernel/media-types.ts';
import { attachment } from '#lib/server/http/attachment.ts';
import * as uploading from '#lib/server/filing/upload.ts';
import { refusing } from '#lib/server/db.ts';
import { markedFile } from '#lib/server/filing/marked-file.ts';

export const GET = async ({ locals, url }) => {
	const obligation = url.searchParams.get('obligation') ?? '';
	const upload = await uploading.kept(locals, obligation, url.searchParams.get('upload'));
	if (!upload) refusing({ status: 404, key: 'upload_gone' });

	const { table, problems } = await uploading.toMark(upload);
	const bytes = await markedFile(table, problems, locals.language);
	const name = upload.name.replace(/\.[^.]*$/, '');
	return new Response(new Uint8Array(bytes), {
		headers: { 'content-type': XLSX, ...attachment(`${name}-marked.xlsx`) }
	});
};
