import * as reviews from '#lib/server/reviews.ts';

export const load = async ({ locals, url }) => ({
	reviewer: locals.acting?.roles.includes('reviewer') ?? false,
	queue: locals.acting ? await reviews.queue(locals.db) : [],
	done: url.searchParams.get('done')
});
