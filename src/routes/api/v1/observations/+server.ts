import { observationsQuery } from '#lib/api/schemas.ts';
import { endpoint, queryOf, read, unlessKnown } from '#lib/server/api/endpoint.ts';
import { asTable, observations } from '#lib/server/api/observations.ts';
import { csvResponse } from '#lib/server/http/attachment.ts';

export const GET = endpoint('read', async ({ acting, language, locals, request, url }) => {
	const { format, ...wanted } = read(observationsQuery, queryOf(url), language);
	const found = await observations(locals.db, acting, wanted);
	if ((format ?? acceptedFormat(request)) === 'json') return unlessKnown(request, { data: found });
	return csvResponse(`${wanted.indicator}-${wanted.period}`, asTable(found));
});

const acceptedFormat = (request: Request) =>
	/^text\/csv\b/.test(request.headers.get('accept') ?? '') ? 'csv' : 'json';
