import { regionsQuery } from '#lib/api/schemas.ts';
import { endpoint, partOfList, queryOf, read } from '#lib/server/api/endpoint.ts';
import { regions } from '#lib/server/api/registry.ts';

export const GET = endpoint(null, async (call) => {
	const query = read(regionsQuery, queryOf(call.url), call.language);
	const { data, total } = await regions(call.locals.db, query);
	return partOfList(call, query, data, total);
});
