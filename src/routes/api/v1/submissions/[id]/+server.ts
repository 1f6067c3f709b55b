import { endpoint, unlessKnown } from '#lib/server/api/endpoint.ts';
import { submissionAnswer } from '#lib/server/api/submission.ts';

export const GET = endpoint(null, async ({ locals, params, request }) =>
	unlessKnown(request, await submissionAnswer(locals.db, params.id ?? ''))
);
