import type { Entry } from './store.ts';

type Cell = Pick<
	Entry,
	'measure_code' | 'region_code' | 'occupation' | 'employment_mode' | 'value'
>;

type Change = {
	measures: string[];
	factor: number;
	/** Everywhere if none are named. */
	districts?: string[];
};

const relations = ['labour_relation_workers', 'partial_relation_workers', 'civil_relation_workers'];
const large = ['310112', '310113', '310114', '310115'];

/** Filings that wait for review with figures that rules find unusual, by `party:index of the period`. */
const changes: Record<string, Change[]> = {
	'jizhou:24': [
		{ measures: relations, factor: 1.7, districts: large },
		{ measures: ['orders_completed'], factor: 1.9, districts: large },
		{ measures: ['complaints_received'], factor: 14 }
	],
	'luming:23': [{ measures: ['complaints_received'], factor: 16 }],
	'weifang:24': [{ measures: ['event_participants'], factor: 9 }],
	'jinyang:24': [{ measures: ['services_delivered'], factor: 2.8 }]
};

/** Makes the figures of some filings unusual, in place; whether it did. Parts still make their total. */
export function unusually(key: string, cells: Cell[]): boolean {
	const mine = changes[key];
	if (!mine) return false;
	for (const { measures, factor, districts } of mine) {
		for (const cell of cells) {
			if (cell.value === null || !measures.includes(cell.measure_code)) continue;
			if (!districts || districts.includes(cell.region_code))
				cell.value = Math.round(cell.value * factor);
		}
	}
	for (const total of cells.filter(({ measure_code }) => measure_code === 'active_workers')) {
		const parts = cells.filter(
			(cell) =>
				relations.includes(cell.measure_code) &&
				cell.region_code === total.region_code &&
				cell.occupation === total.occupation &&
				cell.employment_mode === total.employment_mode
		);
		total.value = parts.reduce((sum, { value }) => sum + (value ?? 0), 0);
	}
	return true;
}
