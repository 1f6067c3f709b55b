import * as indicators from '#lib/server/indicators.ts';
import * as sharing from '#lib/server/sharing.ts';

export const load = async ({ locals: { db } }) => {
	const [releases, registry, series] = await Promise.all([
		sharing.releases(db),
		indicators.registry(db),
		indicators.publicSeriesList(db)
	]);
	return { releases, indicators: registry.length, series: series.length };
};
