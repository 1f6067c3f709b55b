import { keyFigures, registryRows } from '#lib/indicators/overview.ts';
import { filtered, filterOf, grouped } from '#lib/indicators/registry.ts';
import * as indicators from '#lib/server/indicators.ts';
import * as sharing from '#lib/server/sharing.ts';

const CARDS = 8;

export const load = async ({ locals: { db, acting }, url }) => {
	const id = acting?.council_id ?? null;
	const [registry, overview, council] = await Promise.all([
		indicators.registry(db),
		id ? sharing.overview(db, id) : [],
		sharing.council(db, id)
	]);
	const rows = registryRows(registry, overview);
	const filter = filterOf(url);
	const shown = filtered(rows, filter);

	return {
		council,
		filter,
		cards: keyFigures(registry, overview).slice(0, CARDS),
		groups: grouped(shown),
		allGroups: grouped(rows).map(({ code, name_zh, name_en }) => ({ code, name_zh, name_en })),
		shown: shown.length,
		total: rows.length,
		own: overview.some((row) => row.own_value !== null)
	};
};
