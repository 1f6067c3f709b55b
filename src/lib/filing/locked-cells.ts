import en from '../../i18n/messages/en/template.json' with { type: 'json' };
import zh from '../../i18n/messages/zh-CN/template.json' with { type: 'json' };
import { cellKey, type Entry } from './entry.ts';
import {
	nameParams,
	type Dataset,
	type MissingReason,
	type DatedRegion
} from '#lib/datasets/dataset.ts';
import type { Named } from '#lib/kernel/named.ts';
import type { Params } from '#lib/sheets/table.ts';

type Cell = Pick<Entry, 'measure_code' | 'region_code' | 'occupation' | 'employment_mode'>;
export type FiledValue = Cell &
	Pick<Entry, 'value' | 'missing_reason'> & {
		/** Where it stood in the file that came back. */
		cell: string | null;
	};

/** Cells that may change: measure, region, occupation, employment mode; null stands for any. */
type Pattern = [
	measure: string | null,
	region: string | null,
	occupation: string | null,
	mode: string | null
];

/** The cells that a return did not open, with their values. */
export type Locked = {
	/** The submission that came back. */
	submission: string;
	/** Every value of it, by its cell. */
	values: Map<string, FiledValue>;
	open: Pattern[];
	/** Measures accepted at the return: closed, whatever is open. */
	accepted: string[];
};

/** The rule that changed values are refused by when a return did not open them. */
type Found = {
	rule: 'locked_cell' | 'locked_cell_added' | 'locked_cell_removed';
	/** Null: the value is gone. */
	entry: Entry | null;
	params: Params;
};

/** Whether a return opened a cell, as the database asks it in `changes_locked_cells`. */
export function opener({ open, accepted }: Pick<Locked, 'open' | 'accepted'>) {
	const closed = new Set(accepted);
	const exact = new Set<string>();
	const wider: Pattern[] = [];
	for (const pattern of open) {
		if (pattern.includes(null)) wider.push(pattern);
		else exact.add(pattern.join('|'));
	}
	return (cell: Cell): boolean => {
		if (closed.has(cell.measure_code)) return false;
		if (exact.has(cellKey(cell))) return true;
		const place = [cell.measure_code, cell.region_code, cell.occupation, cell.employment_mode];
		return wider.some((pattern) =>
			pattern.every((part, at) => part === null || part === place[at])
		);
	};
}

/**
 * The values that differ from those of the version that came back, though nobody opened their cells. Cells are told
 * apart by measure, region and breakdown, not by their place in the file.
 */
export function lockedChanges(
	entries: Entry[],
	locked: Locked,
	dataset: Dataset,
	regions: Iterable<DatedRegion>,
	{ complete }: { complete: boolean }
): Found[] {
	const isOpen = opener(locked);
	const named = namer(dataset, regions);
	const seen = new Set<string>();
	const found: Found[] = [];
	for (const entry of entries) {
		const key = cellKey(entry);
		seen.add(key);
		const before = locked.values.get(key);
		if (before && before.value === entry.value && before.missing_reason === entry.missing_reason)
			continue;
		if (isOpen(entry)) continue;
		found.push({
			rule: before ? 'locked_cell' : 'locked_cell_added',
			entry,
			params: {
				...named(entry),
				...worded('found', entry),
				...(before && worded('before', before))
			}
		});
	}
	// A row that could not be read is not a row that was taken out.
	for (const [key, before] of complete ? locked.values : []) {
		if (seen.has(key) || isOpen(before)) continue;
		const params = { ...named(before), ...worded('before', before), cell: before.cell ?? '' };
		found.push({ rule: 'locked_cell_removed', entry: null, params });
	}
	return found;
}

function worded(
	key: string,
	{ value, missing_reason }: Pick<FiledValue, 'value' | 'missing_reason'>
) {
	if (value !== null || !missing_reason) return { [key]: value ?? '' };
	return nameParams(key, {
		name_zh: reason(zh, missing_reason),
		name_en: reason(en, missing_reason)
	});
}

function reason(words: Record<string, string>, missing: MissingReason): string {
	return words[`template_reason_${missing}`] ?? missing;
}

/** The names of a cell's measure and place, in both languages. */
function namer(dataset: Dataset, regions: Iterable<DatedRegion>) {
	const named = new Map<string, Named>();
	for (const one of [...regions, ...dataset.occupations, ...dataset.employment_modes])
		named.set(one.code, one);
	const measures = new Map(dataset.measures.map((measure) => [measure.code, measure]));
	return (cell: Cell): Params => {
		const place = [cell.region_code, cell.occupation, cell.employment_mode]
			.filter(Boolean)
			.map((code) => named.get(code) ?? { name_zh: code, name_en: code });
		const measure = measures.get(cell.measure_code);
		return {
			...nameParams('name', measure ?? { name_zh: cell.measure_code, name_en: cell.measure_code }),
			...nameParams('place', {
				name_zh: place.map(({ name_zh }) => name_zh).join(' · '),
				name_en: place.map(({ name_zh, name_en }) => name_en || name_zh).join(' · ')
			})
		};
	};
}
