import { councilOf } from '#lib/server/council-of.ts';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import * as completeness from '#lib/server/completeness.ts';
import { act } from '#lib/server/http/act.ts';
import * as revisions from '#lib/server/revisions.ts';
import { datasetsOf, gridOf } from '#lib/completeness/filing-grid.ts';

const lock = z.object({
	days: z
		.string()
		.trim()
		.regex(/^([1-9]\d{0,3})?$/, { error: () => m.revisions_lock_invalid() })
});

export const load = async ({ locals: { db, acting }, url }) => {
	const council = acting?.council_id;
	const { grid, rates, lock_after_days } = council
		? await completeness.read(db, council)
		: { grid: [], rates: [], lock_after_days: null };
	const datasets = datasetsOf(grid);
	const wanted = url.searchParams.get('dataset');
	const dataset = datasets.find(({ code }) => code === wanted) ?? datasets[0] ?? null;
	return {
		datasets,
		dataset,
		lockDays: lock_after_days,
		...gridOf(grid, rates, dataset?.code ?? '')
	};
};

export const actions = {
	lock: act({
		name: 'lock',
		schema: lock,
		does: ({ days }, { locals: { db, acting } }) =>
			revisions.setLock(db, councilOf(acting), days ? Number(days) : null)
	})
};
