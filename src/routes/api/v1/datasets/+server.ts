import { datasetsQuery } from '#lib/api/schemas.ts';
import { endpoint, pageOfList, queryOf, read } from '#lib/server/api/endpoint.ts';
import { datasets } from '#lib/server/api/registry.ts';

export const GET = endpoint(null, async (call) => {
	const query = read(datasetsQuery, queryOf(call.url), call.language);
	return pageOfList(call, query, await datasets(call.locals.db, query.kind));
});
