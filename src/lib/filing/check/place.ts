import type { regionFinder } from '#lib/regions/find-region.ts';
import { columnLetters } from '#lib/sheets/cells.ts';
import type { Column, Row } from '#lib/sheets/table.ts';
import { textAt, type Columns } from './arrange.ts';
import type { Collector } from './problems.ts';

/** In place of a region: what is in the row is to go as a whole, so nothing else in it is told. */
export const NO_ROW = '';

export function readRegion(
	row: Row,
	columns: Columns,
	finder: ReturnType<typeof regionFinder>,
	collect: Collector
): string | null {
	let code: string | null = null;
	let asked = false;
	for (const column of [columns.code, columns.region, columns.name]) {
		const typed = textAt(row, column);
		if (!column || typed === '') continue;
		asked = true;
		const found = finder.find(typed);
		if (!('code' in found)) {
			const note = found.rule === 'unknown_region' ? noteIn(row) : null;
			if (note) {
				collect.add('error', 'note_row', row.row, note, note.text);
				return NO_ROW;
			}
			// A name that is known by its code beside it needs no second opinion.
			if (code !== null && found.rule === 'ambiguous_region') continue;
			collect.add('error', found.rule, row.row, column, typed, found.params);
			return found.rule === 'total_row' ? NO_ROW : null;
		}
		if (code !== null && found.code !== code) {
			collect.add('error', 'region_code_and_name_differ', row.row, column, typed, { code });
			return null;
		}
		code = found.code;
	}
	if (code !== null) return code;
	const column = columns.code ?? columns.region ?? columns.name;
	if (!column && finder.only !== null) return finder.only;
	const note = asked ? null : noteIn(row);
	if (note) {
		collect.add('error', 'note_row', row.row, note, note.text);
		return NO_ROW;
	}
	if (!asked) collect.add('error', 'region_missing', row.row, column ?? null, '');
	return null;
}

/** What stands below a table and is no row of it: 注：…, 填表人：… 审核人：… */
const NOTE =
	/^(注|备注|说明|附注|填表说明|填[表报]人|制表人?|经办人|审核人?|复核人?|审批人?|(单位)?负责人|联系(人|电话|方式)|(填[表报]|制表|报送|上报)(日期|时间|单位)|(数据|资料)来源|notes?|sources?|prepared by|approved by)\s*\d*\s*[:：]/i;

function noteIn({ cells }: Row): (Column & { text: string }) | null {
	const index = cells.findIndex((cell) => cell.trim() !== '');
	const text = (cells[index] ?? '').trim();
	const letters = columnLetters(Math.max(0, index));
	return NOTE.test(text) ? { index, letters, name: letters, text } : null;
}
