import { registryRows } from '#lib/indicators/overview.ts';
import { filtered, filterOf, grouped } from '#lib/indicators/registry.ts';
import * as indicators from '#lib/server/indicators.ts';

export const load = async ({ locals: { db }, url }) => {
	const rows = registryRows(await indicators.registry(db), []);
	const filter = { ...filterOf(url), figures: false };
	const shown = filtered(rows, filter);
	return {
		filter,
		groups: grouped(shown),
		allGroups: grouped(rows).map(({ code, name_zh, name_en }) => ({ code, name_zh, name_en })),
		shown: shown.length,
		total: rows.length
	};
};
