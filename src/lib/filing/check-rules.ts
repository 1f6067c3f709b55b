import { firstDay, lastDay } from '#lib/kernel/period.ts';
import type { Context } from './checked.ts';
import { cellKey, type Entry, type Group } from './entry.ts';
import {
	nameParams,
	type Dataset,
	type Measure,
	type Rule,
	type RuleKind
} from '#lib/datasets/dataset.ts';
import type { Params, Severity } from '#lib/sheets/table.ts';

type Report = (entry: Entry, severity: Severity, rule: string, params: Params) => void;

/** Sums of amounts differ in the last digits only because of how computers add. */
const ROUNDING = 1e-6;

/** Periods of history that a z-score looks at, and the fewest of which it says anything. */
const MOST_PERIODS = 12;
const FEWEST_PERIODS = 6;

/**
 * Runs the dataset's rules: some on each group of figures that belong to one place and breakdown, some once on the
 * filing's totals. What they compare with is in `context`; what is not there is not compared.
 */
export function checkRules(groups: Group[], dataset: Dataset, context: Context, report: Report) {
	const measures: Measures = new Map(
		dataset.measures.map((measure, at) => [measure.code, { ...measure, at }])
	);
	const totals = totalsOf(groups);
	for (const rule of dataset.rules) {
		const wording: Params = {};
		if (rule.message_zh) wording['message_zh'] = rule.message_zh;
		if (rule.message_en) wording['message_en'] = rule.message_en;
		const tell = (broken: Broken) => {
			if (!broken) return;
			const params = { ...wording, kind: rule.kind, ...broken.params };
			report(broken.entry, rule.severity, rule.code, params);
		};
		const check = CHECKS[rule.kind];
		if ('filing' in check) tell(check.filing(totals, rule, measures, context));
		else for (const group of groups) tell(check.group(group, rule, measures, context));
	}
}

/** Measures whose accepted cells and totals rules compare with, and whether any rule looks at peers. */
export function comparedBy(rules: Rule[]): { cells: string[]; sums: string[]; peers: boolean } {
	const named = (kind: RuleKind, key: 'measure' | 'other') =>
		rules.flatMap(({ kind: of, params }) => (of === kind && params[key] ? [params[key]] : []));
	return {
		cells: named('jump', 'measure'),
		sums: [...named('z_score', 'measure'), ...named('cross_file', 'other')],
		peers: rules.some(({ kind }) => kind === 'peer_outlier')
	};
}

/** Each measure with its place in a group. */
type Measures = Map<string, Measure & { at: number }>;
type Broken = { entry: Entry; params: Params } | null;
type Check<Of> = (of: Of, rule: Rule, measures: Measures, context: Context) => Broken;

/** The total of a measure in a filing; `entry` is its first cell, where what concerns the total is told. */
type Total = { entry: Entry; value: number; missing: number };
type Totals = (code: string | undefined) => Total | null;

const CHECKS: Record<RuleKind, { group: Check<Group> } | { filing: Check<Totals> }> = {
	part_le_whole: {
		group(group, { params }, measures) {
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
		}
	},
	parts_eq_total: {
		group(group, { params }, measures) {
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
		}
	},
	range: {
		group(group, { params }, measures) {
			const figure = given(group, measures, params.measure);
			const under =
				params.denominator === undefined ? null : given(group, measures, params.denominator);
			if (!figure || (params.denominator !== undefined && (!under || under.value === 0)))
				return null;
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
		}
	},
	/** Change = (value − before) / |before|, in per cent, cell by cell. Nothing where the last period had 0 or no value. */
	jump: {
		group(group, { params }, measures, { previous }) {
			const now = given(group, measures, params.measure);
			const before = now && previous?.get(cellKey(now.entry));
			if (!now || !before || params.percent === undefined) return null;
			if (Math.max(Math.abs(now.value), Math.abs(before)) < (params.least ?? 0)) return null;
			const change = ((now.value - before) / Math.abs(before)) * 100;
			if (Math.abs(change) <= params.percent) return null;
			return {
				entry: now.entry,
				params: {
					...named('name', measures, params.measure),
					before,
					change: Math.round(change),
					limit: params.percent
				}
			};
		}
	},
	/**
	 * z = (value − mean) / s, with the mean and the sample standard deviation s (n − 1) of the totals of the last 12
	 * periods. Told when |z| is over the limit. Nothing with fewer than 6 periods, where they do not differ (s = 0), or
	 * when a cell of the measure is missing: a total without it is another total.
	 */
	z_score: {
		filing(totals, { params }, measures, { sums, period }) {
			const now = totals(params.measure);
			if (!now || now.missing > 0 || params.z === undefined) return null;
			const past = (sums ?? [])
				.filter(
					({ measure, period: of, waiting }) =>
						measure === params.measure && of < period && !waiting
				)
				.sort((a, b) => (a.period < b.period ? 1 : -1))
				.slice(0, MOST_PERIODS)
				.map(({ value }) => value);
			if (past.length < FEWEST_PERIODS) return null;
			const mean = past.reduce((sum, value) => sum + value, 0) / past.length;
			const squares = past.reduce((sum, value) => sum + (value - mean) ** 2, 0);
			const spread = Math.sqrt(squares / (past.length - 1));
			if (spread <= ROUNDING * Math.max(1, Math.abs(mean))) return null;
			const z = (now.value - mean) / spread;
			if (Math.abs(z) <= params.z) return null;
			return {
				entry: now.entry,
				params: {
					...named('name', measures, params.measure),
					found: rounded(now.value),
					mean: rounded(mean),
					spread: rounded(spread),
					periods: past.length,
					z: Number(z.toFixed(1)),
					limit: params.z
				}
			};
		}
	},
	/**
	 * The rate of two totals outside [Q1 − k·IQR, Q3 + k·IQR] of at least 5 peers. The message tells the own rate only:
	 * what peers filed stays theirs.
	 */
	peer_outlier: {
		filing(totals, { params }, measures, { fences }) {
			const over = totals(params.measure);
			const under = totals(params.denominator);
			if (!over || !under || over.missing > 0 || under.missing > 0 || under.value === 0)
				return null;
			const usual = fences?.find(
				({ measure, denominator, k }) =>
					measure === params.measure && denominator === params.denominator && k === params.k
			);
			const rate = over.value / under.value;
			if (!usual || (rate >= usual.lower && rate <= usual.upper)) return null;
			return {
				entry: over.entry,
				params: {
					...named('name', measures, params.measure),
					...named('denominator', measures, params.denominator),
					found: Number((rate * 100).toPrecision(4))
				}
			};
		}
	},
	/** What the organisation said last counts: a filing that waits for review before the accepted figures. */
	cross_file: {
		filing(totals, { params }, measures, { sums, period }) {
			const now = totals(params.measure);
			if (!now || now.missing > 0 || params.percent === undefined || !period) return null;
			const day = params.of === 'previous' ? dayBefore(firstDay(period)) : lastDay(period);
			const others = (sums ?? []).filter(
				({ measure, period: of }) => measure === params.other && lastDay(of) === day
			);
			const other = others.find(({ waiting }) => waiting) ?? others[0];
			if (!other) return null;
			const limit = (Math.abs(other.value) * params.percent) / 100;
			if (Math.abs(now.value - other.value) <= limit + ROUNDING * Math.max(1, limit)) return null;
			return {
				entry: now.entry,
				params: {
					...named('name', measures, params.measure),
					...nameParams('other', other),
					of: other.period,
					found: rounded(now.value),
					expected: rounded(other.value),
					limit: params.percent
				}
			};
		}
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

function totalsOf(groups: Group[]): Totals {
	const totals = new Map<string, Total>();
	for (const group of groups) {
		for (const entry of group) {
			if (!entry) continue;
			const total = totals.get(entry.measure_code);
			if (!total) {
				const missing = entry.value === null ? 1 : 0;
				totals.set(entry.measure_code, { entry, value: entry.value ?? 0, missing });
			} else if (entry.value === null) total.missing++;
			else total.value += entry.value;
		}
	}
	return (code) => (code === undefined ? null : (totals.get(code) ?? null));
}

/** As a person reads it in a message. */
function rounded(value: number): number {
	return Number(value.toPrecision(Math.abs(value) >= 1e6 ? 9 : 6));
}

function dayBefore(day: string): string {
	return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
