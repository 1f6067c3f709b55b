import { redirect } from '@sveltejs/kit';
import { hrefOf, pagesOf, type List, type Listed } from '#lib/kernel/list.ts';

/** A list that somebody opened past its end stands at its last page. */
export function within<Found extends Listed<unknown>>(found: Found, list: List, url: URL): Found {
	const last = pagesOf(found.total, list.size);
	if (list.page > last) redirect(303, hrefOf(url.pathname, { ...list, page: last }));
	return found;
}
