import type { Row } from '#lib/sheets/table.ts';

/**
 * Rows on their way out of the worker. Each text travels once per portion: tables repeat a few names thousands of
 * times, and copying every cell would cost the server's thread more than reading the file cost the worker.
 */
export type Portion = {
	texts: string[];
	/** For each row: its number, how many cells follow, the index of its kinds plus one, then the cells' indexes. */
	numbers: Uint32Array;
};

const ROWS = 4000;

export function* pack(rows: Iterable<Row>): Generator<Portion> {
	let texts: string[] = [];
	let known = new Map<string, number>();
	let numbers: number[] = [];
	let count = 0;
	const index = (text: string) => {
		let at = known.get(text);
		if (at === undefined) {
			at = texts.push(text) - 1;
			known.set(text, at);
		}
		return at;
	};
	for (const { row, cells, kinds } of rows) {
		numbers.push(row, cells.length, kinds === undefined ? 0 : index(kinds) + 1);
		for (const cell of cells) numbers.push(index(cell));
		if (++count % ROWS > 0) continue;
		yield { texts, numbers: Uint32Array.from(numbers) };
		texts = [];
		known = new Map();
		numbers = [];
	}
	if (numbers.length) yield { texts, numbers: Uint32Array.from(numbers) };
}

export function unpack({ texts, numbers }: Portion): Row[] {
	const rows: Row[] = [];
	for (let at = 0; at < numbers.length;) {
		const row = numbers[at++] ?? 0;
		const width = numbers[at++] ?? 0;
		const kinds = numbers[at++] ?? 0;
		const cells: string[] = [];
		for (const end = at + width; at < end; at++) cells.push(texts[numbers[at] ?? 0] ?? '');
		rows.push(kinds === 0 ? { row, cells } : { row, cells, kinds: texts[kinds - 1] ?? '' });
	}
	return rows;
}
