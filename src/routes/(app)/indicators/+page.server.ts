import { indicatorList } from '#lib/indicators/registry.ts';
import { listOf } from '#lib/kernel/list.ts';
import { within } from '#lib/server/http/within.ts';
import * as sharing from '#lib/server/sharing.ts';

export const load = async ({ locals: { db, acting }, url }) => {
	const list = listOf(url, indicatorList);
	const found = await sharing.registryPage(db, acting?.council_id ?? null, list);
	return { ...within(found, list, url), list };
};
