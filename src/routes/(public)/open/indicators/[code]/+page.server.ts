import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as indicators from '#lib/server/indicators.ts';

export const load = async ({ locals: { db, acting }, params }) => {
	const [indicator, published] = await Promise.all([
		indicators.find(db, params.code),
		indicators.published(db, params.code)
	]);
	if (!indicator) error(404, { message: m.error_not_found() });
	return { indicator, published, member: Boolean(acting?.council_id) };
};
