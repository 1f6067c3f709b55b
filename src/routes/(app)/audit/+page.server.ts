import { auditFilter } from '#lib/audit/filter.ts';
import * as audit from '#lib/server/audit.ts';
import * as organisations from '#lib/server/organisations.ts';
import { pageOf } from '#lib/ui/table.ts';

const pageSize = 50;

export const load = async ({ locals, url }) => {
	const filter = auditFilter(url.searchParams);
	const page = pageOf(url);
	const council = locals.acting?.council_id;
	const [{ events, total }, parties] = await Promise.all([
		audit.list(locals.db, filter, (page - 1) * pageSize, pageSize),
		council ? organisations.list(locals.db, council) : []
	]);
	return {
		filter,
		page,
		pageSize,
		events,
		meetings: await audit.meetings(locals.db, events),
		total,
		organisations: parties.map(({ id, name_zh, name_en }) => ({ id, name_zh, name_en }))
	};
};
