import { councilOf } from '#lib/server/council-of.ts';
import { today } from '#lib/kernel/day.ts';
import { fail } from '@sveltejs/kit';
import { refusing } from '#lib/server/db.ts';
import { act } from '#lib/server/http/act.ts';
import * as rules from '#lib/server/rules.ts';
import * as datasets from '#lib/server/datasets.ts';
import * as organisations from '#lib/server/organisations.ts';
import { RULE_KINDS, type Dataset, type Rule, type RuleKind } from '#lib/datasets/dataset.ts';
import { wordWarnings } from '#lib/filing/problem-message.ts';
import { readRule, textOf } from '#lib/rules/rule-form.ts';
import { missingWords } from '#lib/rules/rule-words.ts';

/** Firings that a preview lists; it counts all. */
const LISTED = 100;

export const load = async ({ locals: { acting, db }, url }) => {
	if (!acting?.secretariat) refusing({ status: 403, key: 'only_the_secretariat' });
	const registry = await rules.registry(db);
	const code = url.searchParams.get('rule');
	const set = registry.datasets.find((one) => one.code === url.searchParams.get('dataset'));
	const dataset = set && (await datasets.dataset(db, set.code));
	const rule = dataset?.rules.find((one) => one.code === code);
	if (code && !rule) refusing({ status: 404, key: 'rule_not_found' });
	const kind = rule?.kind ?? kindOf(url.searchParams.get('kind'));
	const others = set && kind === 'cross_file' ? rules.measuresOfKind(registry, set.kind) : [];
	return {
		datasets: registry.datasets,
		dataset: dataset ?? null,
		rule: rule ?? null,
		kind,
		others,
		year: yearOf(url.searchParams.get('year'))
	};
};

export const actions = {
	preview: act({
		name: 'preview',
		does: async (_, { locals, url }, sent) => {
			const { council, dataset, rule, missing } = await ruleIn(sent, locals, url);
			if (missing) return fail(400, { errors: missing });
			const year = yearOf(textOf(sent, 'year'));
			const { firings, ...found } = await rules.preview(locals.db, council, dataset, rule, year);
			const listed = await worded(firings.slice(0, LISTED), rule, dataset, locals);
			return { rule, preview: { ...found, firings: listed, count: firings.length } };
		},
		done: null
	}),
	save: act({
		name: 'save',
		does: async (_, { locals, url }, sent) => {
			const { council, dataset, rule, missing } = await ruleIn(sent, locals, url);
			if (missing) return fail(400, { errors: missing });
			await rules.save(locals.db, council, dataset.code, rule, url.searchParams.get('rule'));
		},
		done: '/submissions/rules?done=save'
	}),
	retire: act({
		name: 'retire',
		does: (_, { locals: { db, acting }, url: { searchParams } }) =>
			rules.retire(
				db,
				councilOf(acting),
				searchParams.get('dataset') ?? '',
				searchParams.get('rule') ?? ''
			),
		done: '/submissions/rules?done=retire'
	})
};

/** The rule that a form holds, of the dataset that the address names, or what is missing in it. */
async function ruleIn(form: FormData, { db, acting }: App.Locals, url: URL) {
	const kind = kindOf(textOf(form, 'kind'));
	if (!kind) refusing({ status: 422, key: 'rule_not_valid' });
	const dataset = await datasets.dataset(db, url.searchParams.get('dataset') ?? '');
	const { rule, missing } = readRule(kind, form);
	const errors = Object.entries(missing).map(([field, what]) => [field, missingWords(what)]);
	return {
		council: councilOf(acting),
		dataset,
		rule,
		missing: errors.length ? (Object.fromEntries(errors) as Record<string, string>) : null
	};
}

/** Firings with the names of who and where, and their sentence. */
async function worded(
	firings: Awaited<ReturnType<typeof rules.preview>>['firings'],
	rule: Rule,
	dataset: Dataset,
	{ db, acting, language }: App.Locals
) {
	const names = await organisations.organisationNames(db);
	const labels = await datasets.regionNames(db, dataset, acting?.organisation_id ?? '');
	const shown = firings.map((firing) => ({
		...firing,
		rule: rule.code,
		organisation: names[firing.organisation] ?? { name_zh: '', name_en: '' },
		region: labels[firing.region] ?? { name_zh: firing.region, name_en: null }
	}));
	return wordWarnings(shown, language);
}

function kindOf(text: string | null): RuleKind | null {
	return RULE_KINDS.find((kind) => kind === text) ?? null;
}

function yearOf(text: string | null): string {
	return text && /^20\d\d$/.test(text) ? text : today().slice(0, 4);
}
