import { observationsQuery } from '#lib/api/schemas.ts';
import { endpoint, queryOf, read, unlessKnown } from '#lib/server/api/endpoint.ts';
import { asTable, observations } from '#lib/server/api/observations.ts';
import { csvResponse } from '#lib/server/http/attachment.ts';
import { labelledAnswer } from '#lib/sharing/invented.ts';

export const GET = endpoint('read', async ({ acting, language, locals, request, url }) => {
	const { format, ...wanted } = read(observationsQuery, queryOf(url), language);
	const found = await observations(locals.db, acting, wanted);
	if ((format ?? acceptedFormat(request)) === 'json')
		return unlessKnown(request, labelledAnswer({ data: found }, acting));
	const name = `${wanted.indicator}-${wanted.period}`;
	return csvResponse(name, asTable(found), acting, { codes: true });
});

const acceptedFormat = (request: Request) =>
	/^text\/csv\b/.test(request.headers.get('accept') ?? '') ? 'csv' : 'json';
