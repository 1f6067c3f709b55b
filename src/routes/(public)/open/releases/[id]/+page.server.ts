import { byIndicator } from '#lib/releases/release.ts';
import { orNotFound } from '#lib/server/db.ts';
import * as indicators from '#lib/server/indicators.ts';
import * as releases from '#lib/server/releases.ts';
import * as sharing from '#lib/server/sharing.ts';

export const load = async ({ locals: { db }, params }) => {
	const [known, registry] = await Promise.all([
		releases.find(db, params.id),
		indicators.registry(db)
	]);
	const { figures, ...about } = orNotFound(known);
	const tables = byIndicator(figures);
	const whole = tables[0]?.whole.region_code ?? '';
	const [names, counties] = await Promise.all([
		sharing.regionNames(db, [whole]),
		sharing.counties(db, whole)
	]);
	const cards = new Map(registry.map((indicator) => [indicator.code, indicator]));
	return {
		release: about,
		place: names.get(whole) ?? null,
		counties,
		tables: tables.flatMap((table) => {
			const indicator = cards.get(table.code);
			return indicator ? [{ ...table, indicator }] : [];
		})
	};
};
