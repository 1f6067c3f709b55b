import { idempotencyKey } from '#lib/api/schemas.ts';
import { countUpload, endpoint, problems, read } from '#lib/server/api/answer.ts';
import * as filing from '#lib/server/api/filing.ts';
import { readUpload } from '#lib/server/api/upload.ts';

export const POST = endpoint('submissions:write', async (call) => {
	const { acting, language, locals, request, url } = call;
	const busy = countUpload(call);
	if (busy) return busy;

	const key = read(
		idempotencyKey.optional(),
		request.headers.get('idempotency-key') ?? undefined,
		language
	);
	const upload = await readUpload(request, url, language);
	const obligation = await filing.obligationOf(locals.db, acting, upload);
	const filed = await filing.file(locals.db, obligation, { ...upload, key });
	if (!filed.receipt) {
		const template = new URL(`/submissions/template/${obligation}?format=xlsx`, url);
		return problems(request, filing.findings(filed.checked, language), template);
	}

	const { submission, repeated } = filed.receipt;
	return Response.json(filed.receipt, {
		status: repeated ? 200 : 201,
		headers: { location: `/api/v1/submissions/${submission}` }
	});
});
