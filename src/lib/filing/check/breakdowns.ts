import { nameParams, type Dataset } from '#lib/datasets/dataset.ts';
import type { Entry, Group } from '../entry.ts';
import type { Collector } from './problems.ts';

export function requireMeasures(entries: Entry[], dataset: Dataset, collect: Collector) {
	if (collect.total > 0) return;
	const given = new Set(entries.map((entry) => entry.measure_code));
	for (const measure of dataset.measures) {
		if (measure.required && !given.has(measure.code)) {
			collect.add('error', 'required_measure_missing', null, null, '', nameParams('name', measure));
		}
	}
}

export function groupEntries(entries: Entry[], dataset: Dataset, collect: Collector): Group[] {
	const order = new Map(dataset.measures.map(({ code }, i) => [code, i]));
	const groups = new Map<string, Group>();
	for (const entry of entries) {
		const key = `${entry.region_code}|${entry.occupation}|${entry.employment_mode}`;
		let group = groups.get(key);
		if (!group) groups.set(key, (group = []));
		const at = order.get(entry.measure_code) ?? 0;
		const before = group[at];
		if (before) collect.addAt(entry, 'error', 'duplicate', { first: before.cell });
		else group[at] = entry;
	}
	return [...groups.values()];
}

/** A total beside its own parts would be added to them. */
export function checkCountedTwice(entries: Entry[], dataset: Dataset, collect: Collector) {
	const order = new Map(dataset.measures.map(({ code }, i) => [code, i]));
	// Per region, for each measure: undivided, divided by occupation, undivided, divided by employment mode.
	const seen = new Map<string, Uint8Array>();
	for (const entry of entries) {
		let bits = seen.get(entry.region_code);
		if (!bits) seen.set(entry.region_code, (bits = new Uint8Array(dataset.measures.length)));
		const at = order.get(entry.measure_code) ?? 0;
		bits[at] = (bits[at] ?? 0) | (entry.occupation ? 2 : 1) | (entry.employment_mode ? 8 : 4);
	}
	for (const entry of entries) {
		const at = order.get(entry.measure_code) ?? 0;
		const bits = seen.get(entry.region_code)?.[at] ?? 0;
		const occupation = (bits & 3) === 3 && entry.occupation === '';
		const mode = (bits & 12) === 12 && entry.employment_mode === '';
		const measure = dataset.measures[at];
		if ((occupation || mode) && measure) {
			collect.addAt(entry, 'error', 'counted_twice', nameParams('name', measure));
		}
	}
}
