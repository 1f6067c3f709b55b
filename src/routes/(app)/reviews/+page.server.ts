import { may } from '#lib/kernel/may.ts';
import * as reviews from '#lib/server/reviews.ts';

export const load = async ({ locals }) => ({
	reviewer: may(locals.acting, 'reviewer'),
	queue: locals.acting ? await reviews.queue(locals.db) : []
});
