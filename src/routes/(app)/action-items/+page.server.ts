import { actionList, type ActionPage } from '#lib/action-items/list.ts';
import { today } from '#lib/kernel/day.ts';
import { listOf } from '#lib/kernel/list.ts';
import * as actionItems from '#lib/server/action-items.ts';
import { within } from '#lib/server/http/within.ts';

const nothing: ActionPage = {
	rows: [],
	total: 0,
	show: 'all',
	counts: { mine: 0, all: 0, overdue: 0 },
	organisations: []
};

export const load = async ({ locals: { acting, db }, url }) => {
	const list = listOf(url, actionList);
	const council = acting?.council_id ?? null;
	const found = council ? within(await actionItems.page(db, council, list), list, url) : nothing;
	return { ...found, council, list, today: today() };
};
