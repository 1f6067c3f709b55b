import { auditList } from '#lib/audit/list.ts';
import { auditRows } from '#lib/audit/rows.ts';
import { m } from '#lib/paraglide/messages.js';
import * as audit from '#lib/server/audit.ts';
import { csvResponse } from '#lib/server/http/attachment.ts';
import { today } from '#lib/kernel/day.ts';
import { listOf } from '#lib/kernel/list.ts';

/** What the page shows under the same filter, as a file; at most the newest 10,000 events. */
export const GET = async ({ locals, url }) => {
	const events = await audit.newest(locals.db, listOf(url, auditList), 10_000);
	return csvResponse(
		`${m.organisations_audit_title()}-${today()}`,
		auditRows(events),
		locals.acting
	);
};
