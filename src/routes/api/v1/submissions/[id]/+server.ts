import { endpoint, unlessKnown } from '#lib/server/api/endpoint.ts';
import { submissionAnswer } from '#lib/server/api/submission.ts';
import { labelledAnswer } from '#lib/sharing/invented.ts';

export const GET = endpoint(null, async ({ acting, locals, params, request }) =>
	unlessKnown(request, labelledAnswer(await submissionAnswer(locals.db, params.id ?? ''), acting))
);
