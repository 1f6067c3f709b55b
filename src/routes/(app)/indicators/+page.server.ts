import { filtered, filterOf, grouped } from '#lib/indicators/registry.ts';
import * as sharing from '#lib/server/sharing.ts';

const CARDS = 8;

export const load = async ({ locals: { db, acting }, url }) => {
	const standing = await sharing.standing(db, acting?.council_id ?? null);
	const { council, cards, rows, own } = standing;
	const filter = filterOf(url);
	const shown = filtered(rows, filter);

	return {
		council,
		filter,
		cards: cards.slice(0, CARDS),
		groups: shown.length === rows.length ? standing.groups : grouped(shown),
		allGroups: standing.groups.map(({ code, name_zh, name_en }) => ({ code, name_zh, name_en })),
		shown: shown.length,
		total: rows.length,
		own
	};
};
