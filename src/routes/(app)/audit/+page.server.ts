import { auditList } from '#lib/audit/list.ts';
import { listOf } from '#lib/kernel/list.ts';
import * as audit from '#lib/server/audit.ts';
import { within } from '#lib/server/http/within.ts';

export const load = async ({ locals, url }) => {
	const list = listOf(url, auditList);
	const found = await audit.page(locals.db, locals.acting?.council_id ?? null, list);
	return { ...within(found, list, url), list };
};
