import { code, ticked, words, type List } from '#lib/kernel/list.ts';
import type { Named } from '#lib/kernel/named.ts';
import type { Tone } from '#lib/ui/tone.ts';

/** How the registry of indicators reads, once its tables are put together. */

export interface Unit extends Named<string> {
	code: string;
	symbol_zh: string;
	symbol_en: string;
}

export interface Measure extends Named<string> {
	code: string;
	additive: boolean;
	counts_persons: boolean;
	description_zh: string;
	description_en: string;
}

export interface Term {
	part: 'numerator' | 'denominator';
	weight: number;
	measure: Measure;
}

export interface Definition {
	version: number;
	valid_from: string;
	valid_to: string | null;
	kind: 'ratio' | 'sum' | 'difference' | 'statistic' | 'survey';
	factor: number;
	numerator_zh: string;
	numerator_en: string;
	denominator_zh: string | null;
	denominator_en: string | null;
	formula_zh: string;
	formula_en: string;
	terms: Term[];
}

type Direction = 'higher' | 'lower' | 'neutral' | 'range';

export interface Indicator extends Named<string> {
	code: string;
	group_code: string;
	group_zh: string;
	group_en: string;
	position: number;
	unit: Unit;
	decimals: number;
	direction: Direction;
	frequency: 'month' | 'quarter' | 'half_year' | 'year';
	reported_by: string[];
	breakdowns: string[];
	legal_source_zh: string | null;
	legal_source_en: string | null;
	tier: 'public' | 'council' | 'restricted';
	suppression_threshold: number;
	owner_zh: string | null;
	owner_en: string | null;
	caveats_zh: string | null;
	caveats_en: string | null;
	/** A few words that stand beside every figure of it, wherever it goes. */
	note_zh: string | null;
	note_en: string | null;
	/** Newest first. */
	definitions: Definition[];
}

/** One line of the registry's table: the indicator, and its newest figure where the reader has one. */
export interface RegistryRow extends Named<string> {
	code: string;
	group_code: string;
	group_zh: string;
	group_en: string;
	unit: Unit;
	decimals: number;
	threshold: number;
	direction: Direction;
	frequency: Indicator['frequency'];
	figure: RegistryFigure | null;
}

interface RegistryFigure {
	period: string;
	value: number | null;
	hidden: string | null;
	own_value: number | null;
	target: number | null;
	status: Tone | null;
	received: number;
	expected: number | null;
	finished: boolean;
}

/** The list of indicators: by group, by words of a name or the code, only those with a figure. */
export const indicatorList = {
	filters: { group: code, q: words, figures: ticked },
	sorts: [],
	size: 100
};

export type IndicatorList = List<(typeof indicatorList)['filters']>;

/** The rows a filter leaves, in their order. Every word of the search must be found in a name, the group or the code. */
export function filtered<
	Row extends Named<string> &
		Pick<Indicator, 'code' | 'group_code' | 'group_zh' | 'group_en'> & { figure?: unknown }
>(rows: Row[], { group, q, figures }: IndicatorList['filters']): Row[] {
	const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
	return rows.filter((row) => {
		const text =
			`${row.code} ${row.name_zh} ${row.name_en} ${row.group_zh} ${row.group_en}`.toLowerCase();
		return (
			(!group || row.group_code === group) &&
			(!figures || Boolean(row.figure)) &&
			words.every((word) => text.includes(word))
		);
	});
}

export interface Group<Row> {
	code: string;
	name_zh: string;
	name_en: string;
	rows: Row[];
}

/** Rows under the heading of their group, groups in the order in which they first appear. */
export function grouped<Row extends { group_code: string; group_zh: string; group_en: string }>(
	rows: Row[]
): Group<Row>[] {
	const groups = new Map<string, Group<Row>>();
	for (const row of rows) {
		const known = groups.get(row.group_code);
		if (known) known.rows.push(row);
		else
			groups.set(row.group_code, {
				code: row.group_code,
				name_zh: row.group_zh,
				name_en: row.group_en,
				rows: [row]
			});
	}
	return [...groups.values()];
}
