import { description } from '#lib/api/openapi.ts';

export const GET = ({ url }) =>
	Response.json(description(url.origin), { headers: { 'cache-control': 'public, max-age=300' } });
