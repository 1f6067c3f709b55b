import { writeXlsx, type Cell, type CellValue, type WriteSheet } from 'hucre';
import { labelledSheets } from './labelled-sheets.ts';
import { stampRows } from './template.ts';
import { readArea } from '#lib/sheets/cells.ts';
import { escapeFormula } from '#lib/kernel/csv.ts';
import type { Invented } from '#lib/sharing/invented.ts';
import { PROBLEM_LIST, STAMP_SHEET } from '#lib/sheets/sheet-cells.ts';
import { problemMessage, type Language } from '#lib/filing/problem-message.ts';
import type { Problem, Row, Table } from '#lib/sheets/table.ts';

const RED = { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'F8D7D2' } } as const;
const PLAIN_NUMBER = /^-?\d{1,15}(\.\d+)?$/;
/** Beyond these a spreadsheet program becomes slow, and nobody reads that many comments. */
const MOST_MARKED = 20_000;

const LIST_NAME = { 'zh-CN': '问题', en: 'Problems' } as const;

/**
 * The table as it was read, each value in its own cell, with the wrong ones coloured and commented, and a sheet that
 * lists the problems. Only values travel, and a template's stamp: formulas, macros and whatever else the file held stay
 * behind. Corrected, it can be uploaded as it is.
 */
export function markedFile(table: Table, problems: Problem[], language: Language, of: Invented) {
	const sheet = table.sheets[table.chosen ?? 0];
	const above = (sheet?.top ?? []).filter(({ row }) => row < (table.rows[0]?.row ?? Infinity));
	const rows: CellValue[][] = [];
	const put = ({ row, cells, kinds }: Row) => {
		while (rows.length < row) rows.push([]);
		rows[row - 1] = cells.map((text, at) => valueOf(text, kinds?.[at]));
	};
	for (const row of [...above, ...table.rows]) put(row);

	const cells = new Map<string, Partial<Cell>>();
	for (const problem of problems) {
		const area = readArea(problem.cell);
		if (!area) continue;
		const text = problemMessage(problem, language);
		for (let row = area.top; row <= area.bottom && cells.size < MOST_MARKED; row++) {
			while (rows.length < row) rows.push([]);
			const line = rows[row - 1] ?? [];
			while (line.length <= area.left) line.push(null);
			const key = `${row - 1},${area.left}`;
			const before = cells.get(key)?.comment?.text;
			cells.set(key, {
				value: line[area.left] ?? null,
				style: { fill: RED },
				comment: { text: before && before !== text ? `${before}\n${text}` : text }
			});
		}
	}
	const name = sheet?.name || 'Sheet1';
	const marked: WriteSheet = { name, rows, cells };
	const sheets = [marked, listOf(problems, language, name)];
	if (table.stamp)
		sheets.push({ name: STAMP_SHEET, rows: stampRows(table.stamp), veryHidden: true });
	return writeXlsx({ sheets: labelledSheets(sheets, of), activeSheet: 0 });
}

function listOf(problems: Problem[], language: Language, taken: string): WriteSheet {
	const title = LIST_NAME[language];
	return {
		name: title === taken ? `${title} 2` : title,
		columns: [{ width: 12 }, { width: 20 }, { width: 24 }, { width: 72 }, { width: 24 }],
		rows: [
			[...PROBLEM_LIST[language]],
			...problems.map((problem) =>
				[
					problem.cell,
					problem.column,
					problem.value,
					problemMessage(problem, language),
					problem.rule
				].map(escapeFormula)
			)
		],
		freezePane: { rows: 1 }
	};
}

/** A number stays one where the workbook said so; codes and whatever else was text stay text. */
function valueOf(text: string, kind: string | undefined): CellValue {
	if (text === '') return null;
	if (kind === 'n' && PLAIN_NUMBER.test(text)) return Number(text);
	return escapeFormula(text);
}
