import { SUPABASE_PUBLISHABLE_KEY, SUPABASE_URL } from '$app/env/private';
import { json } from '@sveltejs/kit';
import { openDb } from '#lib/server/db.ts';
import type { RequestHandler } from './$types';

/** 200 only if the database answers through the API; for supervisors and load balancers. */
export const GET: RequestHandler = async ({ fetch }) => {
	const api = { url: SUPABASE_URL, publishableKey: SUPABASE_PUBLISHABLE_KEY };
	const { error } = await openDb(api, null, fetch)
		.from('regions')
		.select('code')
		.limit(1)
		.abortSignal(AbortSignal.timeout(3_000));
	const headers = { 'cache-control': 'no-store' };
	return error
		? json({ status: 'unavailable' }, { status: 503, headers })
		: json({ status: 'ok' }, { headers });
};
