import { m } from '#lib/paraglide/messages.js';
import type { GridCell, Rates } from '#lib/completeness/rates.ts';
import { nameOf } from '#lib/kernel/language.ts';
import type { Named } from '#lib/kernel/named.ts';

export type GridLine = { rates: Rates; cells: Map<string, GridCell> };

/** The datasets of a grid, in its order. */
export function datasetsOf(grid: GridCell[]): { code: string; name_zh: string; name_en: string }[] {
	const named = new Map(
		grid.map((cell) => [
			cell.dataset_code,
			{ code: cell.dataset_code, name_zh: cell.dataset_zh, name_en: cell.dataset_en }
		])
	);
	return [...named.values()];
}

/** A line for each organisation of a dataset, a column for each period, oldest first. */
export function gridOf(
	grid: GridCell[],
	rates: Rates[],
	dataset: string
): { periods: string[]; lines: GridLine[] } {
	const cells = grid.filter(({ dataset_code }) => dataset_code === dataset);
	const of = Map.groupBy(cells, ({ organisation_id }) => organisation_id);
	return {
		periods: [...new Set(cells.map(({ period }) => period))].sort(),
		lines: rates
			.filter(({ dataset_code }) => dataset_code === dataset)
			.map((one) => ({
				rates: one,
				cells: new Map((of.get(one.organisation_id) ?? []).map((cell) => [cell.period, cell]))
			}))
	};
}

/** The short name of a line's organisation. */
export function shortName({ rates, cells }: GridLine): Named<string> {
	const [first] = cells.values();
	return {
		name_zh: first?.short_zh ?? rates.organisation_zh,
		name_en: first?.short_en ?? rates.organisation_en
	};
}

/** A share in per cent; null of nothing. */
export function share(part: number, whole: number): number | null {
	return whole > 0 ? (part / whole) * 100 : null;
}

/** The rates as the rows of a table with a header; shares in per cent with one decimal, beside their counts. */
export function ratesTable(rates: Rates[], grid: GridCell[]): (string | number | null)[][] {
	const names = new Map(datasetsOf(grid).map((one) => [one.code, nameOf(one)]));
	const percent = (part: number, whole: number) => {
		const value = share(part, whole);
		return value === null ? null : Number(value.toFixed(1));
	};
	return [
		[
			m.submissions_organisation(),
			m.submissions_dataset(),
			m.revisions_expected(),
			m.revisions_excused(),
			m.revisions_received(),
			m.revisions_on_time(),
			m.revisions_approved(),
			m.revisions_cells_filled(),
			m.revisions_cells_required(),
			`${m.revisions_completeness()} %`,
			`${m.revisions_timeliness()} %`,
			m.revisions_first_decided(),
			m.revisions_first_passed(),
			`${m.revisions_first_pass()} %`,
			m.revisions_decisions(),
			m.revisions_returns(),
			`${m.revisions_return_rate()} %`
		],
		...rates.map((one) => [
			nameOf({ name_zh: one.organisation_zh, name_en: one.organisation_en }),
			names.get(one.dataset_code) ?? one.dataset_code,
			one.expected,
			one.excused,
			one.received,
			one.on_time,
			one.approved,
			one.cells_filled,
			one.cells_required,
			percent(one.cells_filled, one.cells_required),
			percent(one.on_time, one.expected),
			one.first_decided,
			one.first_passed,
			percent(one.first_passed, one.first_decided),
			one.decisions,
			one.returns,
			percent(one.returns, one.decisions)
		])
	];
}
