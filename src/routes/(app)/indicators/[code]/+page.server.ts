import { pageView, windowStart } from '#lib/indicators/page-view.ts';
import { date } from '#lib/ui/format.ts';
import { boundariesOf } from '#lib/server/boundaries.ts';
import { orNotFound } from '#lib/server/db.ts';
import * as indicators from '#lib/server/indicators.ts';
import * as sharing from '#lib/server/sharing.ts';

export const load = async ({ locals: { db, acting }, params, url }) => {
	const indicator = orNotFound(await indicators.find(db, params.code));

	const [published, shared] = await Promise.all([
		indicators.published(db, indicator.code),
		acting?.council_id ? figures(acting.council_id) : null
	]);
	return { indicator, published, shared };

	async function figures(id: string) {
		const view = pageView(url);
		const since = windowStart(view, date(new Date()));
		const found = await sharing.figures(db, id, params.code, { ...view, since });
		const { council, filed, filed_by, judged, series, districts, targets, links, revised } = found;
		if (!council) return null;

		const counties = await sharing.counties(db, council.region_code);
		const boundaries = boundariesOf(council.region_code);
		return {
			council,
			filed,
			filed_by,
			judged,
			view: { ...view, frequency: found.frequency === filed_by ? null : found.frequency },
			series,
			targets,
			links,
			revised,
			counties,
			districts,
			boundaries
		};
	}
};
