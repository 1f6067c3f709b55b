import { idempotencyKey } from '#lib/api/schemas.ts';
import { countUpload, endpoint, problems, read } from '#lib/server/api/endpoint.ts';
import { findings, obligationOf } from '#lib/server/api/filing.ts';
import { readUpload } from '#lib/server/api/upload.ts';
import * as filing from '#lib/server/filing.ts';
import { obligation } from '#lib/server/submissions.ts';
import { labelledAnswer } from '#lib/sharing/invented.ts';

export const POST = endpoint('submissions:write', async (call) => {
	const { acting, language, locals, request, url } = call;
	const busy = countUpload(call);
	if (busy) return busy;

	const key = read(
		idempotencyKey.optional(),
		request.headers.get('idempotency-key') ?? undefined,
		language
	);
	const sent = await readUpload(request, url, language);
	const owed = await obligation(locals.db, await obligationOf(locals.db, acting, sent));
	const checking = await filing.check(locals.db, owed, sent);
	if (!checking.ready) {
		const template = new URL(`/submissions/template/${owed.id}?format=xlsx`, url);
		return problems(call, findings(checking.checked, language), template);
	}

	const receipt = await filing.file(locals.db, checking, { ...sent, key });
	const { submission, repeated } = receipt;
	return Response.json(labelledAnswer(receipt, acting), {
		status: repeated ? 200 : 201,
		headers: { location: `/api/v1/submissions/${submission}` }
	});
});
