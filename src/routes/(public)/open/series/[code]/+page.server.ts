import { inPeriod, periodsOf, shapeOf } from '#lib/indicators/published.ts';
import { orNotFound } from '#lib/server/db.ts';
import * as indicators from '#lib/server/indicators.ts';

const LINES = 5;

export const load = async ({ locals: { db }, params, url }) => {
	const [known, registry] = await Promise.all([
		indicators.publicSeries(db, params.code),
		indicators.registry(db)
	]);
	const series = orNotFound(known);

	const periods = periodsOf(series);
	const wanted = url.searchParams.get('period') ?? '';
	const period = periods.includes(wanted) ? wanted : (periods.at(-1) ?? '');
	const chosen = [...new Set(url.searchParams.getAll('show'))].slice(0, LINES);
	const leading = [...new Set(inPeriod(series, period).map((one) => one.entity_zh))];

	return {
		series,
		shape: shapeOf(series),
		periods,
		period,
		chosen,
		subjects: chosen.length ? chosen : leading.slice(0, LINES),
		indicator: registry.find((one) => one.code === series.indicator_code) ?? null
	};
};
