import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { refuse, refusing } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import * as rules from '#lib/server/rules.ts';
import * as datasets from '#lib/server/datasets.ts';

export const load = async ({ locals: { acting, db }, url }) => {
	if (!acting?.secretariat) refusing({ status: 403, key: 'only_the_secretariat' });
	const [sets, versions, unasked] = await Promise.all([
		rules.datasets(db),
		rules.versions(db),
		rules.unasked(db)
	]);
	const measures = await Promise.all(
		sets.map(async ({ code }) => (await datasets.dataset(db, code)).measures)
	);
	return {
		done: url.searchParams.get('done'),
		unasked,
		measures: measures.flat().map(({ code, name_zh, name_en }) => ({ code, name_zh, name_en })),
		datasets: sets.map((set) => {
			const own = versions.filter(({ dataset_code }) => dataset_code === set.code);
			return {
				...set,
				rules: own.filter(({ until }) => until === null),
				earlier: own.filter(({ until }) => until !== null)
			};
		})
	};
};

export const actions = {
	announce: async ({ locals, request }) => {
		const form = readForm(announcement, await request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });
		const wanted = { ...form.data, required: form.data.required.length > 0 };
		try {
			await rules.announce(locals.db, locals.acting?.council_id ?? '', wanted);
		} catch (caught) {
			return refuse(caught);
		}
		return { announced: true };
	}
};

const announcement = z.object({
	dataset: z.string().min(1),
	measure: z.string().min(1),
	from_period: z
		.string()
		.trim()
		.regex(/^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/, { error: () => m.submissions_period_help() }),
	required: z.array(z.string()),
	note_zh: z.string(),
	note_en: z.string()
});
