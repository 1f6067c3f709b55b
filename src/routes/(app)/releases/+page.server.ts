import { councilOf } from '#lib/server/council-of.ts';
import { z } from 'zod';
import { periodOr } from '#lib/kernel/period.ts';
import { keyFigures } from '#lib/indicators/overview.ts';
import { reason } from '#lib/kernel/reason.ts';
import { rowId } from '#lib/kernel/row-id.ts';
import { m } from '#lib/paraglide/messages.js';
import { act } from '#lib/server/http/act.ts';
import * as indicators from '#lib/server/indicators.ts';
import * as releases from '#lib/server/releases.ts';

const draft = z.object({
	title_zh: z
		.string()
		.trim()
		.min(1, { error: () => m.releases_title_missing() }),
	title_en: z
		.string()
		.trim()
		.min(1, { error: () => m.releases_title_missing() }),
	period: z
		.string()
		.trim()
		.refine((text) => periodOr(text) !== null, { error: () => m.releases_period_wrong() }),
	indicators: z.array(z.string()).min(1, { error: () => m.releases_indicators_none() })
});

const withdrawal = z.object({ release: rowId, reason: reason(300) });

export const load = async ({ locals: { db, acting } }) => {
	const council = acting?.council_id ?? null;
	const mayPublish = Boolean(council && acting?.secretariat);
	const [{ releases: released, overview }, registry] = await Promise.all([
		council ? releases.page(db, council) : { releases: [], overview: [] },
		indicators.registry(db)
	]);
	return {
		mayPublish,
		releases: released,
		choices: keyFigures(releases.releasable(registry), overview).map(
			({ code, name_zh, name_en, period }) => ({
				code,
				name_zh,
				name_en,
				period
			})
		)
	};
};

export const actions = {
	publish: act({
		name: 'publish',
		schema: draft,
		does: (form, { locals: { db, acting } }) => releases.publish(db, councilOf(acting), form)
	}),
	withdraw: act({
		name: 'withdraw',
		schema: withdrawal,
		at: 'release',
		does: ({ release, reason }, { locals }) => releases.withdraw(locals.db, release, reason)
	})
};
