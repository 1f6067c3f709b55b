import type { Dataset, Measure, Coded } from '#lib/datasets/dataset.ts';
import { firstDayOrToday } from '#lib/kernel/period.ts';
import { regionFinder } from '#lib/regions/find-region.ts';
import { namesOf, plainName, type Matched } from '#lib/sheets/match-columns.ts';
import { readPeriod } from '#lib/sheets/read-period.ts';
import type { Column, Row, Table } from '#lib/sheets/table.ts';
import { isOtherUnit } from '#lib/sheets/units.ts';
import type { Context } from '../checked.ts';
import type { Entry } from '../entry.ts';
import { arrange, textAt } from './arrange.ts';
import { settleBlanks, type Blank } from './blanks.ts';
import { NO_ROW, readRegion } from './place.ts';
import type { Collector } from './problems.ts';
import { readValue } from './value.ts';

/** Dates other than the period are not read, and the period has its own rules. */
export const NOT_READ_HERE = new Set(['ambiguous_date', 'number_as_text', 'blank_row']);

export function readRows(
	table: Table,
	matched: Matched[],
	layout: 'wide' | 'long',
	dataset: Dataset,
	context: Context,
	collect: Collector
): Entry[] {
	const columns = arrange(matched);
	const finder = regionFinder(
		context.regions,
		context.jurisdiction,
		firstDayOrToday(context.period),
		context.superiors
	);
	const occupations = codesByName(dataset.occupations);
	const modes = codesByName(dataset.employment_modes);
	const named = new Map(
		dataset.measures.flatMap((measure) =>
			namesOf(measure).map((name): [string, Measure] => [name, measure])
		)
	);
	const measures = onceEach(
		(typed) =>
			named.get(plainName(typed)) ??
			named.get(plainName(typed.replace(/[(（][^()（）]*[)）]\s*$/, '')))
	);
	// What the reader found wrong with a cell is told once, and its value is none.
	const told = new Set(
		table.problems.filter(({ rule }) => !NOT_READ_HERE.has(rule)).map(({ cell }) => cell)
	);
	const found: (Entry | Blank)[] = [];
	const repeated = new Set(
		table.problems.filter(({ rule }) => rule === 'repeated_header').map(({ row }) => row)
	);
	for (const row of table.rows) {
		if (repeated.has(row.row)) continue;
		const region = readRegion(row, columns, finder, collect);
		if (region === NO_ROW) continue;
		const occupation = readPart(
			row,
			columns.occupation,
			occupations,
			'unknown_occupation',
			collect
		);
		const mode = readPart(row, columns.mode, modes, 'unknown_employment_mode', collect);
		checkPeriod(row, columns.period, context.period, collect);
		const read = (measure: Measure, key: string) => {
			const at = columns.value.get(key);
			if (!at) return;
			const entry = readValue(row, at, columns, key, measure, told, collect);
			if (!entry || region === null || occupation === null || mode === null) return;
			const place = { region_code: region, occupation, employment_mode: mode };
			if (!('blank' in entry)) found.push({ ...entry, ...place });
			else found.push({ ...place, ...entry, measure, row: row.row, column: at });
		};
		if (layout === 'wide') {
			for (const measure of dataset.measures) read(measure, measure.code);
		} else {
			const typed = textAt(row, columns.measure);
			const measure = measures(typed);
			const unit = textAt(row, columns.unit);
			if (measure && isOtherUnit(unit, measure.unit))
				collect.add('error', 'other_unit_of_row', row.row, columns.unit ?? null, unit, { unit });
			else if (measure) read(measure, '');
			else
				collect.add(
					'error',
					typed ? 'unknown_measure' : 'measure_missing',
					row.row,
					columns.measure ?? null,
					typed
				);
		}
	}
	return settleBlanks(found, layout, collect);
}

function codesByName(list: Coded[]): (typed: string) => string | undefined {
	const codes = new Map(
		list.flatMap((item) => namesOf(item).map((name): [string, string] => [name, item.code]))
	);
	for (const total of ['', '合计', '全部', '不分', 'total', 'all']) codes.set(total, '');
	return onceEach((typed) => codes.get(typed) ?? codes.get(plainName(typed)));
}

/** What a text means is found out once: a column repeats a few of them in thousands of rows. */
function onceEach<Meaning>(find: (typed: string) => Meaning): (typed: string) => Meaning {
	const known = new Map<string, Meaning>();
	return (typed) => {
		if (known.has(typed)) return known.get(typed) as Meaning;
		const meaning = find(typed);
		known.set(typed, meaning);
		return meaning;
	};
}

function readPart(
	row: Row,
	column: Column | undefined,
	codes: (typed: string) => string | undefined,
	rule: string,
	collect: Collector
): string | null {
	const typed = textAt(row, column);
	const code = codes(typed);
	if (code !== undefined) return code;
	collect.add('error', rule, row.row, column ?? null, typed);
	return null;
}

function checkPeriod(row: Row, column: Column | undefined, period: string, collect: Collector) {
	const typed = textAt(row, column);
	if (!column || typed === '' || period === '') return;
	// As a number, 2026.10 is 2026.1 too.
	const cut = /^\d{4}\.1$/.test(typed) && row.kinds?.[column.index] !== 's';
	const read = cut ? null : readPeriod(typed);
	if (read === null)
		collect.add('error', 'period_unclear', row.row, column, typed, { expected: period });
	else if (read !== period)
		collect.add('error', 'period_mismatch', row.row, column, typed, { expected: period });
}
