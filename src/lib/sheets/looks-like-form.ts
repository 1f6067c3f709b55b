import type { SheetCells } from './sheet-cells.ts';

type Block = { top: number; bottom: number; left: number; right: number; cells: number };

/** A form is small; anything larger is judged as a table. */
const LARGEST_FORM = 4000;

/**
 * A form to be looked at, not a table: its cells fall into several blocks, beside and below each other, and no
 * single one holds most of them.
 */
export function looksLikeForm(sheet: SheetCells): boolean {
	if (sheet.rows[0]?.kinds === undefined) return false;
	const blocks = stack(sheet, findBlocks(sheet));
	const cells = blocks.reduce((sum, block) => sum + block.cells, 0);
	if (cells > LARGEST_FORM) return false;
	const main = blocks.reduce(
		(best, block) => (block.cells > best.cells ? block : best),
		blocks[0] as Block
	);
	const others = blocks.filter(
		(block) => block !== main && block.bottom > block.top && block.cells > 2
	);
	const beside = others.some((block) => block.right < main.left || block.left > main.right);
	return beside && others.length >= 2 && main.cells < cells * (2 / 3);
}

/** Groups of cells that touch each other, also at corners; merged cells count with their whole area. */
function findBlocks(sheet: SheetCells): Block[] {
	const filled = new Set<string>();
	const open = new Map<string, [number, number]>();
	for (const { row, cells } of sheet.rows.slice(0, LARGEST_FORM)) {
		for (const [column, cell] of cells.entries()) {
			if (cell.trim() === '') continue;
			filled.add(`${row},${column}`);
			open.set(`${row},${column}`, [row, column]);
		}
		if (filled.size > LARGEST_FORM) break;
	}
	for (const { top, left, bottom, right } of sheet.merges) {
		if (!filled.has(`${top},${left}`) || (bottom - top + 1) * (right - left + 1) > 200) continue;
		for (let row = top; row <= bottom; row++) {
			for (let column = left; column <= right; column++)
				open.set(`${row},${column}`, [row, column]);
		}
	}
	const blocks: Block[] = [];
	for (const [key, start] of open) {
		if (!open.delete(key)) continue;
		const block = { top: start[0], bottom: start[0], left: start[1], right: start[1], cells: 0 };
		const waiting = [start];
		for (let next = waiting.pop(); next; next = waiting.pop()) {
			const [row, column] = next;
			if (filled.has(`${row},${column}`)) block.cells++;
			block.top = Math.min(block.top, row);
			block.bottom = Math.max(block.bottom, row);
			block.left = Math.min(block.left, column);
			block.right = Math.max(block.right, column);
			for (let r = row - 1; r <= row + 1; r++) {
				for (let c = column - 1; c <= column + 1; c++) {
					const neighbour = open.get(`${r},${c}`);
					if (neighbour) {
						open.delete(`${r},${c}`);
						waiting.push(neighbour);
					}
				}
			}
		}
		blocks.push(block);
	}
	return blocks;
}

/** Blocks of the same width below each other are one table with gaps, unless the lower one has its own header. */
function stack(sheet: SheetCells, blocks: Block[]): Block[] {
	const stacked: Block[] = [];
	for (const block of [...blocks].sort((a, b) => a.top - b.top)) {
		const above = stacked.find(
			(candidate) => candidate.left === block.left && candidate.right === block.right
		);
		if (above && !startsAnew(sheet, block)) {
			above.bottom = block.bottom;
			above.cells += block.cells;
		} else {
			stacked.push({ ...block });
		}
	}
	return stacked;
}

function startsAnew(sheet: SheetCells, block: Block): boolean {
	const rows = sheet.rows
		.slice(0, LARGEST_FORM)
		.filter(({ row }) => row >= block.top && row <= block.bottom);
	const hasNumber = (kinds = '') => kinds.slice(block.left, block.right + 1).includes('n');
	return !hasNumber(rows[0]?.kinds) && rows.some(({ kinds }) => hasNumber(kinds));
}
