import type { Rule, RuleKind, RuleParams } from '#lib/datasets/dataset.ts';

/** A field of the form of a rule. */
export type RuleField = {
	name: keyof RuleParams;
	type: 'measure' | 'other' | 'measures' | 'number' | 'period';
	optional?: true;
};

const measure = (name: keyof RuleParams): RuleField => ({ name, type: 'measure' });
const number = (name: keyof RuleParams): RuleField => ({ name, type: 'number' });

export const RULE_FIELDS: Record<RuleKind, RuleField[]> = {
	part_le_whole: [measure('part'), measure('whole')],
	parts_eq_total: [{ name: 'parts', type: 'measures' }, measure('total')],
	range: [
		measure('measure'),
		{ ...measure('denominator'), optional: true },
		{ ...number('min'), optional: true },
		{ ...number('max'), optional: true }
	],
	jump: [measure('measure'), number('percent'), { ...number('least'), optional: true }],
	z_score: [measure('measure'), number('z')],
	peer_outlier: [measure('measure'), measure('denominator'), number('k')],
	cross_file: [
		measure('measure'),
		{ name: 'other', type: 'other' },
		{ name: 'of', type: 'period' },
		number('percent')
	]
};

/** Kinds that compare totals need measures that add up. */
export const NEEDS_SUMS: RuleKind[] = ['z_score', 'peer_outlier', 'cross_file'];

/** Kinds that find a figure unusual, which may still be true: they never block. */
export const ONLY_WARNS: RuleKind[] = ['jump', 'z_score', 'peer_outlier'];

/** The rule that a form holds, and its gaps by field: `number`, `measure`, `bound`, `both`. */
export function readRule(
	kind: RuleKind,
	form: FormData
): { rule: Rule; missing: Record<string, 'number' | 'measure' | 'bound' | 'both'> } {
	const text = (name: string) => textOf(form, name);
	const missing: ReturnType<typeof readRule>['missing'] = {};
	const params: RuleParams = {};
	for (const { name, type, optional } of RULE_FIELDS[kind]) {
		if (type === 'measures') {
			params.parts = form.getAll(name).map(String);
			if (params.parts.length === 0) missing[name] = 'measure';
		} else if (type === 'number') {
			const typed = text(name);
			const value = Number(typed);
			if (typed !== '' && Number.isFinite(value)) Object.assign(params, { [name]: value });
			else if (typed !== '' || !optional) missing[name] = 'number';
		} else if (text(name) !== '') Object.assign(params, { [name]: text(name) });
		else if (!optional) missing[name] = 'measure';
	}
	if (kind === 'range' && params.min === undefined && params.max === undefined)
		missing['min'] ??= 'bound';
	const messages = { message_zh: text('message_zh'), message_en: text('message_en') };
	if (!messages.message_zh !== !messages.message_en)
		missing[messages.message_zh ? 'message_en' : 'message_zh'] = 'both';
	const severity = text('severity') === 'error' && !ONLY_WARNS.includes(kind) ? 'error' : 'warning';
	return { rule: { code: text('code') || 'new', kind, severity, params, ...messages }, missing };
}

/** The text of a field of a form; a file is none. */
export function textOf(form: FormData, name: string): string {
	const value = form.get(name);
	return typeof value === 'string' ? value.trim() : '';
}

/** A rule as a formula, with measures by name. */
export function formulaOf(
	{ kind, params }: Pick<Rule, 'kind' | 'params'>,
	nameOf: (code: string) => string,
	previous: string
): string {
	const name = (code: string | undefined) => (code === undefined ? '?' : `“${nameOf(code)}”`);
	const one = name(params.measure);
	switch (kind) {
		case 'part_le_whole':
			return `${name(params.part)} ≤ ${name(params.whole)}`;
		case 'parts_eq_total':
			return `${(params.parts ?? []).map(name).join(' + ')} = ${name(params.total)}`;
		case 'range': {
			const value = params.denominator === undefined ? one : `${one} ÷ ${name(params.denominator)}`;
			const low = params.min === undefined ? '' : `${params.min} ≤ `;
			return low + value + (params.max === undefined ? '' : ` ≤ ${params.max}`);
		}
		case 'jump':
			return `|Δ ${one}| ≤ ${params.percent} %`;
		case 'z_score':
			return `|z(${one})| ≤ ${params.z}`;
		case 'peer_outlier':
			return `${one} ÷ ${name(params.denominator)} ∈ [Q1 − ${params.k} IQR, Q3 + ${params.k} IQR]`;
		case 'cross_file': {
			const other = name(params.other) + (params.of === 'previous' ? ` (${previous})` : '');
			return `${one} = ${other} ± ${params.percent} %`;
		}
	}
}
