import { endpoint, notFound } from '#lib/server/api/endpoint.ts';

export const fallback = endpoint(null, notFound);
