import { auditList } from '#lib/audit/list.ts';
import { listOf } from '#lib/kernel/list.ts';
import * as audit from '#lib/server/audit.ts';
import * as links from '#lib/server/links.ts';
import * as organisations from '#lib/server/organisations.ts';

export const load = async ({ locals, url }) => {
	const list = listOf(url, auditList);
	const council = locals.acting?.council_id;
	const [found, parties] = await Promise.all([
		audit.list(locals.db, list.filters, (list.page - 1) * list.size, list.size),
		council ? organisations.list(locals.db, council) : []
	]);
	return {
		...found,
		list,
		subjects: await links.subjects(
			locals.db,
			found.rows.map(({ subject_type, subject_id }) => ({ type: subject_type, id: subject_id }))
		),
		organisations: parties.map(({ id, name_zh, name_en }) => ({ id, name_zh, name_en }))
	};
};
