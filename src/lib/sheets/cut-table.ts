import { cellAddress, columnLetters, type Area } from './cells.ts';
import { checkRows } from './check-rows.ts';
import type { Header } from './find-header.ts';
import { isFilled, MOST_PROBLEMS, tidy, type SheetCells } from './sheet-cells.ts';
import type { Column, Finding, Problem, Row, Table } from './table.ts';

export type Draft = {
	header: number | null;
	headerRows: number;
	left: number;
	columns: Column[];
	body: Row[];
	doubts: Finding[];
	problems: Problem[];
};

export function cutTable(sheet: SheetCells, header: Header, format: Table['format']): Draft {
	const { index, headerRows, area } = header;
	const doubts = [...header.doubts];
	const from = index === null ? 0 : index + headerRows;
	let body = sheet.rows.slice(from);
	if (area) body = body.filter(({ row }) => row >= area.top && row <= area.bottom);
	while (body.length && !isFilled(body.at(-1) as Row)) body.pop();
	if (index === null) body = body.slice(Math.max(0, body.findIndex(isFilled)));

	const heads = index === null ? [] : sheet.rows.slice(index, index + headerRows);
	const head = heads[0];
	const { columns, named } = nameColumns(sheet, heads, body, area);
	const covered = fillMerged(sheet, body);
	if (index !== null && !area) doubts.push(...doubtfulNames(columns, named, head, format, body));
	const problems = checkRows(sheet, columns, heads, headerRows, body, area, format, covered);
	return {
		header: head?.row ?? null,
		headerRows,
		left: columns[0]?.index ?? 0,
		columns,
		body: body.filter(isFilled),
		doubts,
		problems
	};
}

function nameColumns(sheet: SheetCells, heads: Row[], body: Row[], area: Area | null) {
	const head = heads[0];
	let right = area ? area.right : Math.max(0, ...heads.map(({ cells }) => cells.length)) - 1;
	if (!area && (!head || sheet.rows[0]?.kinds !== undefined)) {
		for (const { cells } of body) right = Math.max(right, cells.length - 1);
	}
	const used = new Array<boolean>(right + 1).fill(false);
	for (const { cells } of body) {
		for (let i = 0; i < cells.length && i <= right; i++) used[i] ||= cells[i] !== '';
	}
	const merges = heads.map(({ row }) =>
		sheet.merges.filter((m) => m.top <= row && m.bottom >= row && m.right > m.left)
	);
	const groups = heads.map(() => '');
	const columns: Column[] = [];
	let named = 0;
	for (let i = area?.left ?? 0; i <= right; i++) {
		const letters = columnLetters(i);
		const own = heads.map(({ cells }) => tidy(cells[i] ?? ''));
		for (const [k, text] of own.entries()) {
			// A text file has no merged cells: a group reaches as far as nothing else stands in its row.
			const reaches =
				sheet.rows[0]?.kinds === undefined
					? own.slice(k + 1).some(Boolean) && k < heads.length - 1
					: merges[k]?.some((m) => m.left < i && m.right >= i);
			if (text || !reaches) groups[k] = text;
		}
		const name = groups.filter((part, at) => part && groups.indexOf(part) === at).join(' · ');
		if (name) named++;
		if (name || used[i]) columns.push({ index: i, letters, name: name || letters });
	}
	return { columns, named };
}

/**
 * A text that is merged over several rows is the text of each of them, as the spreadsheet shows it; a figure stands
 * in one. What stands beneath a merged cell is not shown and so is an error.
 */
function fillMerged(sheet: SheetCells, body: Row[]): Problem[] {
	if (sheet.merges.length === 0) return [];
	const places = new Map(body.map(({ row }, at) => [row, at]));
	const problems: Problem[] = [];
	for (const { top, bottom, left, right } of sheet.merges) {
		const anchor = body[places.get(top) ?? -1];
		if (!anchor) continue;
		const text = anchor.cells[left] ?? '';
		for (let number = top; number <= bottom; number++) {
			const at = places.get(number) ?? -1;
			const row = body[at];
			if (!row) continue;
			for (let i = left; i <= right && (i < row.cells.length || i === left); i++) {
				if (number === top && i === left) continue;
				const beneath = row.cells[i] ?? '';
				if (beneath.trim() !== '') {
					if (problems.length > MOST_PROBLEMS) return problems;
					problems.push({
						rule: 'covered_cell',
						params: { value: beneath.slice(0, 80), shown: text.slice(0, 80) },
						severity: 'error',
						sheet: sheet.name,
						cell: cellAddress(i, number),
						row: number,
						column: columnLetters(i),
						value: beneath.slice(0, 200)
					});
				} else if (i === left && anchor.kinds?.[left] === 's') {
					// The sheet's own row stays as it was read: its table may be cut again.
					const cells = [...row.cells];
					while (cells.length <= i) cells.push('');
					cells[i] = text;
					const kinds =
						`${(row.kinds ?? '').padEnd(i)}`.slice(0, i) + 's' + (row.kinds ?? '').slice(i + 1);
					body[at] = { row: number, cells, kinds };
				}
			}
		}
	}
	return problems;
}

function doubtfulNames(
	columns: Column[],
	named: number,
	head: Row | undefined,
	format: Table['format'],
	body: Row[]
): Finding[] {
	const doubts: Finding[] = [];
	if (!head) return doubts;
	const unnamed = columns.find(
		({ index, letters, name }) => name === letters && !tidy(head.cells[index] ?? '')
	);
	if (unnamed && named > 0 && body.length) {
		doubts.push({ rule: 'unnamed_column', params: { cell: cellAddress(unnamed.index, head.row) } });
	}
	const seen = new Map<string, Column>();
	for (const column of columns) {
		const before = seen.get(column.name.toLowerCase());
		if (before) {
			doubts.push({
				rule: 'same_name_twice',
				params: { name: column.name, cell: cellAddress(column.index, head.row) }
			});
			break;
		}
		seen.set(column.name.toLowerCase(), column);
	}
	// Excel's own line breaks inside a cell are usual in a workbook and a sign of trouble in a CSV.
	// eslint-disable-next-line no-control-regex -- control characters are what is looked for
	const odd = format === 'csv' ? /[\u0000-\u001f\u007f]/ : /[\u0000-\u0008\u000b-\u001f\u007f]/;
	const broken = head.cells.findIndex(
		(cell) =>
			odd.test(cell.trim()) || (format === 'csv' && /^[\t\v\f\r\n]|[\t\v\f\r\n]$/.test(cell))
	);
	if (broken >= 0) {
		doubts.push({
			rule: 'control_characters_in_header',
			params: { cell: cellAddress(broken, head.row) }
		});
	}
	const texts = head.cells.filter((cell) => cell.trim());
	if (format === 'csv' && texts.length > 1 && texts.every((cell) => /^'.*'$/.test(cell.trim()))) {
		doubts.push({
			rule: 'single_quotes',
			params: { cell: cellAddress(0, head.row), value: texts[0] ?? '' }
		});
	}
	return doubts;
}
