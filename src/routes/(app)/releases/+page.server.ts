import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { periodOr } from '#lib/kernel/period.ts';
import { keyFigures } from '#lib/indicators/overview.ts';
import { m } from '#lib/paraglide/messages.js';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import * as indicators from '#lib/server/indicators.ts';
import * as sharing from '#lib/server/sharing.ts';

const draft = z.object({
	title_zh: z
		.string()
		.trim()
		.min(1, { error: () => m.sharing_release_title_missing() }),
	title_en: z
		.string()
		.trim()
		.min(1, { error: () => m.sharing_release_title_missing() }),
	period: z
		.string()
		.trim()
		.refine((text) => periodOr(text) !== null, { error: () => m.sharing_release_period_wrong() }),
	indicators: z.array(z.string()).min(1, { error: () => m.sharing_release_indicators_none() })
});

const withdrawal = z.object({ release: z.uuid(), reason: z.string().trim() });

export const load = async ({ locals: { db, acting } }) => {
	const council = acting?.council_id ?? null;
	const mayPublish = Boolean(council && acting?.secretariat);
	const [releases, registry, overview] = await Promise.all([
		sharing.releases(db),
		indicators.registry(db),
		council && mayPublish ? sharing.overview(db, council) : []
	]);
	return {
		mayPublish,
		releases: releases.filter((release) => release.council_id === council),
		choices: keyFigures(sharing.releasable(registry), overview).map(
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
	publish: async ({ locals: { db, acting }, request }) => {
		const form = await request.formData();
		const sent = {
			title_zh: String(form.get('title_zh') ?? ''),
			title_en: String(form.get('title_en') ?? ''),
			period: String(form.get('period') ?? ''),
			indicators: form.getAll('indicators').map(String)
		};
		const read = readForm(draft, form);
		if (!read.ok) return fail(400, { errors: read.errors, sent });
		try {
			await sharing.publish(db, acting?.council_id ?? '', read.data);
		} catch (caught) {
			return refuse(caught);
		}
		return { done: m.sharing_release_published_done() };
	},
	withdraw: async ({ locals: { db }, request }) => {
		const read = readForm(withdrawal, await request.formData());
		if (!read.ok) return fail(400, { message: m.refusal_withdrawal_needs_a_reason() });
		try {
			await sharing.withdraw(db, read.data.release, read.data.reason);
		} catch (caught) {
			return refuse(caught);
		}
		return { done: m.sharing_release_withdrawn_done() };
	}
};
