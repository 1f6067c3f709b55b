import { councilOf } from '#lib/server/council-of.ts';
import { z } from 'zod';
import type { Coded } from '#lib/datasets/dataset.ts';
import { PERIOD } from '#lib/kernel/period.ts';
import { m } from '#lib/paraglide/messages.js';
import { refusing } from '#lib/server/db.ts';
import { act } from '#lib/server/http/act.ts';
import * as rules from '#lib/server/rules.ts';

const announcement = z.object({
	dataset: z.string().min(1),
	measure: z.string().min(1),
	from_period: z
		.string()
		.trim()
		.regex(PERIOD, { error: () => m.submissions_period_help() }),
	required: z.array(z.string()),
	note_zh: z.string(),
	note_en: z.string()
});

export const load = async ({ locals: { acting, db } }) => {
	if (!acting?.secretariat) refusing({ status: 403, key: 'only_the_secretariat' });
	const registry = await rules.registry(db);
	const asked = Object.groupBy(registry.measures, ({ datasets }) =>
		datasets.length ? 'asked' : 'unasked'
	);
	const named = (measures: Coded[] = []) =>
		measures.map(({ code, name_zh, name_en }) => ({ code, name_zh, name_en }));
	return {
		unasked: named(asked.unasked),
		measures: named(asked.asked),
		datasets: registry.datasets.map((set) => {
			const own = registry.versions.filter(({ dataset_code }) => dataset_code === set.code);
			return {
				...set,
				rules: own.filter(({ until }) => until === null),
				earlier: own.filter(({ until }) => until !== null)
			};
		})
	};
};

export const actions = {
	announce: act({
		name: 'announce',
		schema: announcement,
		does: ({ required, ...wanted }, { locals: { db, acting } }) =>
			rules.announce(db, councilOf(acting), { ...wanted, required: required.length > 0 })
	})
};
