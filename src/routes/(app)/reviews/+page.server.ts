import * as submissions from '#lib/server/submissions.ts';

export const load = async ({ locals }) => ({
	reviewer: locals.acting?.roles.includes('reviewer') ?? false,
	queue: locals.acting ? await submissions.queue(locals.db) : []
});
