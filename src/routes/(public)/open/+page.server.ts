import * as indicators from '#lib/server/indicators.ts';
import * as releases from '#lib/server/releases.ts';

export const load = async ({ locals: { db } }) => {
	const [released, registry, series] = await Promise.all([
		releases.list(db),
		indicators.registry(db),
		indicators.publicSeriesList(db)
	]);
	return { releases: released, indicators: registry.length, series: series.length };
};
