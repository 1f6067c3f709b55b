import { grouped } from '#lib/indicators/registry.ts';
import type { OverviewAddress } from '#lib/overview/address.ts';
import type { OverviewAnswer, OverviewRow } from '#lib/overview/overview.ts';
import { overviewRows } from '#lib/overview/rows.ts';
import { jsonOf, type Db } from '#lib/server/db.ts';
import * as indicators from '#lib/server/indicators.ts';
import { rememberFor } from '#lib/server/process/remember.ts';
import { written } from '#lib/ui/written.ts';

export type Overview = Omit<OverviewAnswer, 'figures'> & {
	rows: OverviewRow[];
	/** Every group of the registry, to choose from. */
	groups: { code: string; name_zh: string; name_en: string }[];
};

/** What a council looks at together, in one call. Refusals: council_not_found. */
export function page(db: Db, council: string, address: OverviewAddress): Promise<Overview> {
	const { domain, until, indicator } = address;
	const key = ['overview', council, domain, until, indicator].join(' ');
	return rememberFor('acting', db, key, async () => {
		const [registry, answer] = await Promise.all([
			indicators.registry(db),
			db.rpc('overview_page', {
				council,
				domain: domain ?? undefined,
				until: until ?? undefined,
				indicator: indicator ?? undefined
			})
		]);
		const { figures, ...found } = jsonOf<OverviewAnswer>(answer);
		return {
			council: found.council,
			rows: written(overviewRows(registry, figures)),
			groups: written(
				grouped(registry).map(({ code, name_zh, name_en }) => ({ code, name_zh, name_en }))
			),
			regions: written(found.regions),
			districts: written(found.districts),
			chosen: found.chosen,
			months: written(found.months),
			moved: written(found.moved),
			organisations: written(found.organisations),
			cells: written(found.cells),
			filings: written(found.filings),
			parties: written(found.parties),
			resolutions: written(found.resolutions),
			meeting: found.meeting
		};
	});
}
