import * as indicators from '#lib/server/indicators.ts';

export const load = async ({ locals: { db } }) => ({
	series: await indicators.publicSeriesList(db)
});
