import { SUPABASE_PUBLISHABLE_KEY, SUPABASE_URL } from '$app/env/private';
import { json } from '@sveltejs/kit';
import { openDb } from '#lib/server/db.ts';
import { isOurs } from '#lib/server/schema.ts';
import type { RequestHandler } from './$types';

/** The longest that somebody who watches over the instance waits, in milliseconds. */
const patience = 3_000;

/** 200 only if a database that this build was made for answers through the API; for supervisors and load balancers. */
export const GET: RequestHandler = async ({ fetch, locals }) => {
	const api = { url: SUPABASE_URL, publishableKey: SUPABASE_PUBLISHABLE_KEY };
	const headers = { 'cache-control': 'no-store' };
	const late = new Promise<null>((resolve) => setTimeout(resolve, patience, null).unref());
	const [answer, ours] = await Promise.all([
		openDb(api, null, fetch)
			.from('regions')
			.select('code')
			.limit(1)
			.abortSignal(AbortSignal.timeout(patience)),
		Promise.race([isOurs(locals.identity.pool).catch(() => null), late])
	]);
	if (answer.error || ours === null)
		return json({ status: 'unavailable' }, { status: 503, headers });
	return ours
		? json({ status: 'ok' }, { headers })
		: json({ status: 'other_schema' }, { status: 503, headers });
};
