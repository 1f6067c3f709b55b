import type { Fence, Sum } from '#lib/filing/checked.ts';
import { cellKey, type Entry } from '#lib/filing/entry.ts';
import { checkRules } from '#lib/filing/check-rules.ts';
import type { Dataset, Rule } from '#lib/datasets/dataset.ts';
import type { Params } from '#lib/sheets/table.ts';

/** Cells of a stored filing, as columns of equal length. */
export type Filed = {
	submission: string;
	organisation: string;
	period: string;
	status: 'accepted' | 'submitted';
	measure: string[];
	region: string[];
	occupation: string[];
	employment_mode: string[];
	value: (number | null)[];
	cell: string[];
};

/** An accepted total of one organisation. */
export type OwnSum = Sum & { organisation: string };

export type Firing = {
	submission: string;
	organisation: string;
	period: string;
	measure: string;
	region: string;
	cell: string;
	params: Params;
};

/**
 * Where a rule would have been told in filings that stand, by really running it on each with what it would have been
 * compared with. `from`: the first period that counts; earlier filings are history only. `sums`: accepted totals of
 * the rule's measures.
 */
export function firingsOf(
	rule: Rule,
	dataset: Dataset,
	filings: Filed[],
	sums: OwnSum[],
	from: string
): Firing[] {
	const read = filings.map((filed) => ({ filed, entries: entriesOf(filed) }));
	const sumsBy = Map.groupBy(sums, ({ organisation }) => organisation);
	const filingsBy = Map.groupBy(read, ({ filed }) => filed.organisation);
	const found: Firing[] = [];
	for (const { filed, entries } of read) {
		const { submission, organisation, period } = filed;
		if (period < from) continue;
		const before = filingsBy
			.get(organisation)
			?.filter(({ filed: of }) => of.status === 'accepted' && of.period < period)
			.reduce<(typeof read)[number] | null>(
				(last, one) => (last && last.filed.period > one.filed.period ? last : one),
				null
			);
		const context = {
			regions: [],
			jurisdiction: '',
			period,
			organisation_id: organisation,
			previous: new Map(
				before?.entries.flatMap((entry) =>
					entry.value === null ? [] : [[cellKey(entry), entry.value] as const]
				)
			),
			sums: sumsBy.get(organisation) ?? [],
			fences: fencesFor(rule, sums, organisation, period)
		};
		checkRules(
			groupsOf(entries, dataset),
			{ ...dataset, rules: [rule] },
			context,
			(entry, _severity, _rule, params) =>
				found.push({
					submission,
					organisation,
					period,
					measure: entry.measure_code,
					region: entry.region_code,
					cell: entry.cell,
					params
				})
		);
	}
	return found;
}

function entriesOf(filed: Filed): Entry[] {
	return filed.measure.map((measure_code, at) => {
		const value = filed.value[at];
		return {
			measure_code,
			region_code: filed.region[at] ?? '',
			occupation: filed.occupation[at] ?? '',
			employment_mode: filed.employment_mode[at] ?? '',
			value: value === null || value === undefined ? null : Number(value),
			missing_reason: null,
			explanation: null,
			row: at + 1,
			cell: filed.cell[at] ?? ''
		};
	});
}

function groupsOf(entries: Entry[], dataset: Dataset) {
	const order = new Map(dataset.measures.map(({ code }, at) => [code, at]));
	const groups = Map.groupBy(
		entries,
		({ region_code, occupation, employment_mode }) =>
			`${region_code}|${occupation}|${employment_mode}`
	);
	return [...groups.values()].map((group) => {
		const cells: (Entry | undefined)[] = [];
		for (const entry of group) cells[order.get(entry.measure_code) ?? 0] = entry;
		return cells;
	});
}

/** What `peer_fences` would have answered: at least 5 peers, their newest rate of this period or the one before, of at least 10. */
function fencesFor(
	{ params }: Rule,
	sums: OwnSum[],
	organisation: string,
	period: string
): Fence[] {
	const { measure, denominator, k } = params;
	if (measure === undefined || denominator === undefined || k === undefined) return [];
	const rates = new Map<string, { period: string; rate: number }>();
	const under = new Map(
		sums
			.filter((sum) => sum.measure === denominator && sum.value >= 10)
			.map((sum) => [`${sum.organisation}|${sum.period}`, sum.value])
	);
	const periods = [...new Set(sums.map((sum) => sum.period))].sort();
	const oldest = periods[periods.indexOf(period) - 1] ?? period;
	for (const sum of sums) {
		const of = under.get(`${sum.organisation}|${sum.period}`);
		const known = rates.get(sum.organisation);
		if (sum.measure !== measure || sum.organisation === organisation || of === undefined) continue;
		if (sum.period > period || sum.period < oldest || (known && known.period > sum.period))
			continue;
		rates.set(sum.organisation, { period: sum.period, rate: sum.value / of });
	}
	if (rates.size < 5) return [];
	const sorted = [...rates.values()].map(({ rate }) => rate).sort((a, b) => a - b);
	const lower = quantile(sorted, 0.25);
	const upper = quantile(sorted, 0.75);
	const reach = k * (upper - lower);
	return [{ measure, denominator, k, lower: lower - reach, upper: upper + reach }];
}

/** As percentile_cont of Postgres: between the two nearest, in proportion. */
function quantile(sorted: number[], part: number): number {
	const at = part * (sorted.length - 1);
	const low = sorted[Math.floor(at)] ?? NaN;
	const high = sorted[Math.ceil(at)] ?? NaN;
	return low + (high - low) * (at - Math.floor(at));
}
