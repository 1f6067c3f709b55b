import { nameParams, type Measure } from '#lib/datasets/dataset.ts';
import { cellAddress } from '#lib/sheets/cells.ts';
import { readNumber, readReason } from '#lib/sheets/read-number.ts';
import type { Column, Row } from '#lib/sheets/table.ts';
import type { Entry } from '../entry.ts';
import { textAt, type Columns } from './arrange.ts';
import type { Collector } from './problems.ts';

export type Value = Omit<Entry, 'region_code' | 'occupation' | 'employment_mode'>;

export function readValue(
	row: Row,
	column: Column,
	columns: Columns,
	key: string,
	measure: Measure,
	told: Set<string>,
	collect: Collector
): Value | { blank: Value | null } | null {
	const typed = textAt(row, column);
	const reasonColumn = columns.reason.get(key) ?? columns.reason.get('');
	const typedReason = textAt(row, reasonColumn);
	const explanation = textAt(row, columns.explanation.get(key) ?? columns.explanation.get(''));
	let reason = typedReason ? readReason(typedReason) : null;
	if (typedReason && !reason) {
		collect.add('error', 'unknown_reason', row.row, reasonColumn ?? null, typedReason);
		return null;
	}
	let value: number | null = null;
	const cell = cellAddress(column.index, row.row);
	if (told.has(cell)) return null;
	const read = readNumber(typed, measure);
	if ('rule' in read) {
		collect.add('error', read.rule, row.row, column, typed, {
			...read.params,
			...nameParams('name', measure)
		});
		return null;
	}
	if ('value' in read) {
		if (isShareOrPercent(read.value, typed, measure, row, columns, key)) {
			const params = {
				low: `${read.value}%`,
				high: `${Number((read.value * 100).toPrecision(15))}%`
			};
			collect.add('error', 'percent_unclear', row.row, column, typed, params);
			return null;
		}
		if (reason && columns.reason.has(key)) {
			collect.add('error', 'value_and_reason', row.row, column, typed, nameParams('name', measure));
			return null;
		}
		value = read.value;
		reason = null;
	} else if ('reason' in read) {
		reason = read.reason;
	}
	const entry = {
		measure_code: measure.code,
		value,
		missing_reason: reason,
		explanation: explanation || null,
		row: row.row,
		cell
	};
	if (value !== null || 'reason' in read) return entry;
	if (reason && columns.reason.has(key)) return entry;
	return { blank: reason ? entry : null };
}

const PERCENT = /[%％]|百分|percent/i;

/** Whether 0.18 may be 18 %: nothing in the file says that it counts in hundredths, as a system's codes do. */
function isShareOrPercent(
	value: number,
	typed: string,
	{ unit, code }: Measure,
	row: Row,
	columns: Columns,
	key: string
): boolean {
	if (unit !== 'percent' || value <= 0 || value > 1) return false;
	const said = [typed, columns.value.get(key)?.name ?? '', textAt(row, columns.unit)];
	return !said.some((text) => PERCENT.test(text)) && textAt(row, columns.measure) !== code;
}
