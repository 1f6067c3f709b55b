import { auditFilter } from '#lib/audit/filter.ts';
import { auditRows } from '#lib/audit/rows.ts';
import { m } from '#lib/paraglide/messages.js';
import * as audit from '#lib/server/audit.ts';
import { attachment } from '#lib/server/http/attachment.ts';
import { toCsv } from '#lib/kernel/escape-cell.ts';
import { date } from '#lib/ui/format.ts';

/** What the page shows under the same filter, as a file; at most the newest 10,000 events. */
export const GET = async ({ locals, url }) => {
	const events = await audit.newest(locals.db, auditFilter(url.searchParams), 10_000);
	return new Response(toCsv(auditRows(events)), {
		headers: {
			...attachment(`${m.organisations_audit_title()}-${date(new Date())}.csv`),
			'content-type': 'text/csv; charset=utf-8'
		}
	});
};
