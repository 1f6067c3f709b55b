import { csvResponse } from '#lib/server/http/attachment.ts';
import { today } from '#lib/kernel/day.ts';
import { pageView, windowStart } from '#lib/indicators/page-view.ts';
import { seriesCsv } from '#lib/indicators/series-csv.ts';
import { nameOf } from '#lib/kernel/language.ts';
import { orNotFound } from '#lib/server/db.ts';
import { seesExactly } from '#lib/sharing/exact.ts';
import * as indicators from '#lib/server/indicators.ts';
import * as sharing from '#lib/server/sharing.ts';

export const GET = async ({ locals: { db, acting }, params, url }) => {
	const view = pageView(url);
	const now = today();
	const id = acting?.council_id ?? null;
	const [known, joined] = await Promise.all([
		indicators.find(db, params.code),
		sharing.council(db, id)
	]);
	const indicator = orNotFound(known);
	const council = orNotFound(joined);

	const window = { region: view.region, since: windowStart(view, now) };
	const [rows, counties] = await Promise.all([
		view.frequency
			? sharing.longerSeries(db, council.id, indicator.code, view.frequency, window)
			: sharing.series(db, council.id, indicator.code, window),
		sharing.counties(db, council.region_code)
	]);
	const county = counties.find((one) => one.code === view.region);
	const { notes, lines } = seriesCsv(rows, {
		indicator,
		place: nameOf(county ?? council),
		council: nameOf(council),
		of: council,
		exact: seesExactly(acting, council),
		today: now
	});

	const name = `${indicator.code}-${view.region ?? council.region_code}-${now}`;
	return csvResponse(name, lines, acting, { notes });
};
