import { orNotFound } from '#lib/server/db.ts';
import * as indicators from '#lib/server/indicators.ts';

export const load = async ({ locals: { db, acting }, params }) => {
	const [known, published] = await Promise.all([
		indicators.find(db, params.code),
		indicators.published(db, params.code)
	]);
	return { indicator: orNotFound(known), published, member: Boolean(acting?.council_id) };
};
