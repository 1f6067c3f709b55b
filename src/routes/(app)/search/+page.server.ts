import * as search from '#lib/server/search.ts';

export const load = async ({ locals, url }) => {
	const words = (url.searchParams.get('q') ?? '').slice(0, 100).trim();
	return { words, found: words ? await search.find(locals.db, words) : [] };
};
