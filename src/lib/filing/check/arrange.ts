import { isUnitColumn, type Matched } from '#lib/sheets/match-columns.ts';
import type { Column, Row } from '#lib/sheets/table.ts';

export type Columns = {
	region: Column | undefined;
	code: Column | undefined;
	name: Column | undefined;
	occupation: Column | undefined;
	mode: Column | undefined;
	period: Column | undefined;
	measure: Column | undefined;
	/** In which unit the row's figure is, where a long table says so. */
	unit: Column | undefined;
	/** Per measure code; '' in a long table. */
	value: Map<string, Column>;
	reason: Map<string, Column>;
	explanation: Map<string, Column>;
};

export function arrange(matched: Matched[]): Columns {
	const plain = (kind: string) => matched.find(({ target }) => target?.kind === kind)?.column;
	const byMeasure = (kind: string) =>
		new Map(
			matched.flatMap(({ column, target }): [string, Column][] =>
				target?.kind === kind ? [['measure' in target ? (target.measure ?? '') : '', column]] : []
			)
		);
	return {
		region: plain('region'),
		code: plain('region_code'),
		name: plain('region_name'),
		occupation: plain('occupation'),
		mode: plain('employment_mode'),
		period: plain('period'),
		measure: plain('measure'),
		unit: matched.find(({ column }) => isUnitColumn(column.name))?.column,
		value: byMeasure('value'),
		reason: byMeasure('reason'),
		explanation: byMeasure('explanation')
	};
}

export function textAt(row: Row, column: Column | undefined): string {
	return column === undefined ? '' : (row.cells[column.index] ?? '').trim();
}
