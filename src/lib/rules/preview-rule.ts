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

/** What `peer_fences` would have answered: at least 5 peers, their newest rate of this period or the one before, of at least 10 above and below. */
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
		if (sum.measure !== measure || sum.organisation === organisation) continue;
		if (of === undefined || sum.value < 10) continue;
		if (sum.period > period || sum.period < oldest || (known && known.period > sum.period))
			continue;
		rates.set(sum.organisation, { period: sum.period, rate: sum.value / of });
	}
	if (rates.size < 5) return [];
	const sorted = [...rates.values()].map(({ rate }) => rate).sort((a, b) => a - b);
	const [lower, median, upper] = [0.25, 0.5, 0.75].map((part) => cutAt(sorted, part));
	if (lower === undefined || median === undefined || upper === undefined) return [];
	if ([lower, median, upper].some((cut) => sorted.includes(cut))) return [];
	const reach = k * (upper - lower);
	const fence = { lower: twoDigits(lower - reach), upper: twoDigits(upper + reach) };
	return [{ measure, denominator, k, ...fence }];
}

/** As `private.quartiles_told`: the mean of the three rates at the cut, to two significant digits. */
function cutAt(sorted: number[], part: number): number {
	const peers = sorted.length;
	const place = Math.max(2, Math.min(peers - 1, Math.round(1 + (peers - 1) * part)));
	const three = sorted.slice(place - 2, place + 1);
	return twoDigits(three.reduce((sum, rate) => sum + rate, 0) / three.length);
}

const twoDigits = (value: number) => Number(value.toPrecision(2));
