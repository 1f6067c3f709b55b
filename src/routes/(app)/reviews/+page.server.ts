import * as reviews from '#lib/server/reviews.ts';

export const load = async ({ locals }) => ({
	reviewer: locals.acting?.roles.includes('reviewer') ?? false,
	queue: locals.acting ? await reviews.queue(locals.db) : []
});
