import { error } from '@sveltejs/kit';
import { byIndicator } from '#lib/sharing/release.ts';
import { m } from '#lib/paraglide/messages.js';
import * as indicators from '#lib/server/indicators.ts';
import * as sharing from '#lib/server/sharing.ts';

export const load = async ({ locals: { db }, params }) => {
	const [release, registry] = await Promise.all([
		sharing.findRelease(db, params.id),
		indicators.registry(db)
	]);
	if (!release) error(404, { message: m.error_not_found() });

	const { figures, ...about } = release;
	const names = await sharing.regionNames(
		db,
		figures.map((figure) => figure.region_code)
	);
	const cards = new Map(registry.map((indicator) => [indicator.code, indicator]));
	return {
		release: about,
		names: [...names.values()],
		tables: byIndicator(figures).flatMap((table) => {
			const indicator = cards.get(table.code);
			return indicator ? [{ ...table, indicator }] : [];
		})
	};
};
