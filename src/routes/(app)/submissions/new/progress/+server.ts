import { json } from '@sveltejs/kit';
import * as progress from '#lib/server/process/progress.ts';

/** How far the filing is that the person sends under this name; null when nothing is under way. */
export const GET = ({ locals, url }) =>
	json(progress.find(locals.person?.id ?? '', url.searchParams.get('name') ?? ''), {
		headers: { 'cache-control': 'no-store' }
	});

/** Cancels it, as long as nothing is filed. */
export const DELETE = ({ locals, url }) => {
	progress.cancel(locals.person?.id ?? '', (url.searchParams.get('name') ?? '').slice(0, 40));
	return new Response(null, { status: 204 });
};
