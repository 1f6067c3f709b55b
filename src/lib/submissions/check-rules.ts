import { previousKey, type Context, type Entry, type Group } from './check-entries.ts';
import { nameParams, type Dataset, type Measure, type Rule } from './dataset.ts';
import type { Params, Severity } from './table.ts';

type Report = (entry: Entry, severity: Severity, rule: string, params: Params) => void;

/** Sums of amounts differ in the last digits only because of how computers add. */
const ROUNDING = 1e-6;

/** Runs the dataset's rules on each group of figures that belong to one place and breakdown. */
export function checkRules(groups: Group[], dataset: Dataset, context: Context, report: Report) {
	const measures: Measures = new Map(
		dataset.measures.map((measure, at) => [measure.code, { ...measure, at }])
	);
	for (const rule of dataset.rules) {
		const check = CHECKS[rule.kind];
		const wording: Params = {};
		if (rule.message_zh) wording['message_zh'] = rule.message_zh;
		if (rule.message_en) wording['message_en'] = rule.message_en;
		for (const group of groups) {
			const broken = check(group, rule, measures, context);
			if (broken)
				report(broken.entry, rule.severity, rule.code, {
					...wording,
					kind: rule.kind,
					...broken.params
				});
		}
	}
}

/** Each measure with its place in a group. */
type Measures = Map<string, Measure & { at: number }>;
type Broken = { entry: Entry; params: Params } | null;
type Check = (group: Group, rule: Rule, measures: Measures, context: Context) => Broken;

const CHECKS: Record<Rule['kind'], Check> = {
	part_le_whole(group, { params }, measures) {
		const part = given(group, measures, params.part);
		const whole = given(group, measures, params.whole);
		if (!part || !whole || part.value <= whole.value) return null;
		return {
			entry: part.entry,
			params: {
				...named('part', measures, params.part),
				...named('whole', measures, params.whole),
				found: part.value,
				limit: whole.value
			}
		};
	},
	parts_eq_total(group, { params }, measures) {
		const total = given(group, measures, params.total);
		const parts = (params.parts ?? []).map((code) => given(group, measures, code));
		if (!total || parts.length === 0 || parts.includes(null)) return null;
		const sum = parts.reduce((all, part) => all + (part?.value ?? 0), 0);
		if (Math.abs(sum - total.value) <= ROUNDING * Math.max(1, Math.abs(sum))) return null;
		return {
			entry: total.entry,
			params: {
				...named('total', measures, params.total),
				found: total.value,
				expected: Number(sum.toPrecision(15))
			}
		};
	},
	range(group, { params }, measures) {
		const figure = given(group, measures, params.measure);
		const under =
			params.denominator === undefined ? null : given(group, measures, params.denominator);
		if (!figure || (params.denominator !== undefined && (!under || under.value === 0))) return null;
		const value = under ? figure.value / under.value : figure.value;
		const { min = -Infinity, max = Infinity } = params;
		if (value >= min && value <= max) return null;
		const bounds: Params = {
			...(params.min === undefined ? {} : { min }),
			...(params.max === undefined ? {} : { max })
		};
		return {
			entry: figure.entry,
			params: {
				...named('name', measures, params.measure),
				...bounds,
				found: Number(value.toPrecision(6))
			}
		};
	},
	jump(group, { params }, measures, { previous }) {
		if (!previous || params.percent === undefined) return null;
		for (const entry of group) {
			if (!entry || entry.value === null) continue;
			const code = entry.measure_code;
			if (params.measure !== undefined && params.measure !== code) continue;
			const before = previous.get(previousKey(entry));
			if (before === undefined || before === 0) continue;
			const change = ((entry.value - before) / Math.abs(before)) * 100;
			if (Math.abs(change) <= params.percent) continue;
			return {
				entry,
				params: {
					...named('name', measures, code),
					before,
					change: Math.round(change),
					limit: params.percent
				}
			};
		}
		return null;
	}
};

function given(group: Group, measures: Measures, code: string | undefined) {
	const at = code === undefined ? undefined : measures.get(code)?.at;
	const entry = at === undefined ? undefined : group[at];
	return entry && entry.value !== null ? { entry, value: entry.value } : null;
}

function named(key: string, measures: Measures, code: string | undefined): Params {
	const measure = code === undefined ? undefined : measures.get(code);
	return measure ? nameParams(key, measure) : { [key]: code ?? '' };
}
