import { endpoint, notFound } from '#lib/server/api/answer.ts';

export const fallback = endpoint(null, notFound);
