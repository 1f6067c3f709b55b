import { redirect } from '@sveltejs/kit';
import { withParameters } from '#lib/list/table.ts';
import { hrefOf, pagesOf, type List, type Listed } from '#lib/kernel/list.ts';

/** A list that somebody opened past its end stands at its last page. */
export function within<Found extends Listed<unknown>>(found: Found, list: List, url: URL): Found {
	const last = pagesOf(found.total, list.size);
	if (list.page > last) redirect(303, hrefOf(url.pathname, { ...list, page: last }));
	return found;
}

/** The same for rows that a page shows among other things: whoever asks for a page past their last is led to that. */
export function withinPages(total: number, asked: { page: number; size: number }, url: URL): void {
	const last = pagesOf(total, asked.size);
	if (asked.page > last)
		redirect(303, withParameters(url, { page: last === 1 ? null : String(last) }));
}
