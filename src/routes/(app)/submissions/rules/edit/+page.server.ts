import { today } from '#lib/kernel/day.ts';
import { fail, redirect } from '@sveltejs/kit';
import { refuse, refusing, type Db } from '#lib/server/db.ts';
import * as rules from '#lib/server/rules.ts';
import * as datasets from '#lib/server/datasets.ts';
import * as organisations from '#lib/server/organisations.ts';
import { RULE_KINDS, type RuleKind } from '#lib/datasets/dataset.ts';
import { wordWarnings } from '#lib/filing/problem-message.ts';
import { readRule, textOf } from '#lib/datasets/rule-form.ts';
import { missingWords } from '#lib/datasets/rule-words.ts';

/** Firings that a preview lists; it counts all. */
const LISTED = 100;

export const load = async ({ locals: { acting, db }, url }) => {
	if (!acting?.secretariat) refusing({ status: 403, key: 'only_the_secretariat' });
	const sets = await rules.datasets(db);
	const code = url.searchParams.get('rule');
	const set = sets.find((one) => one.code === url.searchParams.get('dataset'));
	const dataset = set && (await datasets.dataset(db, set.code));
	const rule = dataset?.rules.find((one) => one.code === code);
	if (code && !rule) refusing({ status: 404, key: 'rule_not_found' });
	const kind = rule?.kind ?? kindOf(url.searchParams.get('kind'));
	const others = set && kind === 'cross_file' ? await rules.measuresOfKind(db, set.kind) : [];
	return {
		datasets: sets,
		dataset: dataset ?? null,
		rule: rule ?? null,
		kind,
		others,
		year: yearOf(url.searchParams.get('year'))
	};
};

export const actions = {
	preview: async ({ locals, request, url }) => {
		const { dataset, kind, form } = await formOf(locals.db, request, url);
		const { rule, missing } = readRule(kind, form);
		const year = yearOf(textOf(form, 'year'));
		if (Object.keys(missing).length) return fail(400, { sent: rule, errors: worded(missing) });
		try {
			const council = locals.acting?.council_id ?? '';
			const found = await rules.preview(locals.db, council, dataset, rule, year);
			const names = await organisations.organisationNames(locals.db);
			const labels = await datasets.regionNames(
				locals.db,
				dataset,
				locals.acting?.organisation_id ?? ''
			);
			const shown = found.firings.slice(0, LISTED).map((firing) => ({
				...firing,
				organisation: names[firing.organisation] ?? { name_zh: '', name_en: '' },
				region: labels[firing.region] ?? { name_zh: firing.region, name_en: null }
			}));
			const listed = wordWarnings(
				shown.map((firing) => ({ ...firing, rule: rule.code })),
				locals.language
			);
			return { sent: rule, preview: { ...found, firings: listed, count: found.firings.length } };
		} catch (caught) {
			return refuse(caught);
		}
	},
	save: async ({ locals, request, url }) => {
		const { dataset, kind, form } = await formOf(locals.db, request, url);
		const { rule, missing } = readRule(kind, form);
		if (Object.keys(missing).length) return fail(400, { sent: rule, errors: worded(missing) });
		try {
			const council = locals.acting?.council_id ?? '';
			await rules.save(locals.db, council, dataset.code, rule, url.searchParams.get('rule'));
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, '/submissions/rules?done=saved');
	},
	retire: async ({ locals, url }) => {
		try {
			await rules.retire(
				locals.db,
				locals.acting?.council_id ?? '',
				url.searchParams.get('dataset') ?? '',
				url.searchParams.get('rule') ?? ''
			);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, '/submissions/rules?done=retired');
	}
};

async function formOf(db: Db, request: Request, url: URL) {
	const form = await request.formData();
	const kind = kindOf(textOf(form, 'kind'));
	if (!kind) refusing({ status: 422, key: 'rule_not_valid' });
	const dataset = await datasets.dataset(db, url.searchParams.get('dataset') ?? '');
	return { dataset, kind, form };
}

function worded(missing: Record<string, Parameters<typeof missingWords>[0]>) {
	return Object.fromEntries(
		Object.entries(missing).map(([field, what]) => [field, missingWords(what)])
	);
}

function kindOf(text: string | null): RuleKind | null {
	return RULE_KINDS.find((kind) => kind === text) ?? null;
}

function yearOf(text: string | null): string {
	return text && /^20\d\d$/.test(text) ? text : today().slice(0, 4);
}
