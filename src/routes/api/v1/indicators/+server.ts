import { indicatorsQuery } from '#lib/api/schemas.ts';
import { endpoint, pageOfList, queryOf, read } from '#lib/server/api/endpoint.ts';
import { indicators } from '#lib/server/api/registry.ts';

export const GET = endpoint(null, async (call) => {
	const query = read(indicatorsQuery, queryOf(call.url), call.language);
	return pageOfList(call, query, await indicators(call.locals.db));
});
