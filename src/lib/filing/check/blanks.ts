import { nameParams, type Measure } from '#lib/datasets/dataset.ts';
import type { Column } from '#lib/sheets/table.ts';
import type { Entry } from '../entry.ts';
import type { Collector } from './problems.ts';
import type { Value } from './value.ts';

export type Blank = {
	/** What the row's own reason makes of the empty cell; null without one. */
	blank: Value | null;
	measure: Measure;
	region_code: string;
	occupation: string;
	employment_mode: string;
	row: number;
	column: Column;
};

/**
 * A wide table has a cell for every measure in every row, also where the measure is divided in another way. Such a
 * cell must stay empty, for a figure there would be counted twice; any other empty cell needs its reason.
 */
export function settleBlanks(
	found: (Entry | Blank)[],
	layout: 'wide' | 'long',
	collect: Collector
): Entry[] {
	const divided = new Map<string, Set<string>>();
	for (const one of layout === 'wide' ? found : []) {
		if ('blank' in one) continue;
		const key = `${one.region_code}|${one.measure_code}`;
		const kinds = divided.get(key) ?? new Set();
		divided.set(key, kinds.add(breakdownOf(one)));
	}
	return found.flatMap((one) => {
		if (!('blank' in one)) return [one];
		const { blank, measure, row, column, ...place } = one;
		const kinds = divided.get(`${place.region_code}|${measure.code}`) ?? new Set();
		if ([...kinds].some((kind) => kind !== breakdownOf(place))) return [];
		if (!blank && measure.required)
			collect.add('error', 'blank_without_reason', row, column, '', nameParams('name', measure));
		return blank ? [{ ...blank, ...place }] : [];
	});
}

/** Whether a figure is divided by occupation, by employment mode. Two figures of a measure must agree in it. */
function breakdownOf(place: Pick<Entry, 'occupation' | 'employment_mode'>): string {
	return `${place.occupation !== ''} ${place.employment_mode !== ''}`;
}
