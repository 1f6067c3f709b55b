import { registryRows } from '#lib/indicators/overview.ts';
import { filtered, grouped, indicatorList } from '#lib/indicators/registry.ts';
import { listOf } from '#lib/kernel/list.ts';
import { within } from '#lib/server/http/within.ts';
import * as indicators from '#lib/server/indicators.ts';

const { group, q } = indicatorList.filters;
const published = { ...indicatorList, filters: { group, q } };

/** Everybody reads all of it alike, so that it is kept, and chosen from here. */
export const load = async ({ locals: { db }, url }) => {
	const list = listOf(url, published);
	const all = registryRows(await indicators.registry(db), []);
	const chosen = filtered(all, { ...list.filters, figures: null });
	const from = (list.page - 1) * list.size;
	const found = { rows: chosen.slice(from, from + list.size), total: chosen.length };
	return {
		...within(found, list, url),
		list,
		groups: grouped(all).map(({ code, name_zh, name_en }) => ({ code, name_zh, name_en }))
	};
};
