/** Column letters as a spreadsheet shows them: 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(index: number): string {
	let letters = '';
	for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
		letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
	}
	return letters;
}

/** Zero-based column of letters such as AB, or -1 when they are none. */
export function columnIndex(letters: string): number {
	let index = 0;
	for (let i = 0; i < letters.length; i++) {
		const code = letters.charCodeAt(i) - 64;
		if (code < 1 || code > 26) return -1;
		index = index * 26 + code;
	}
	return index - 1;
}

/** `row` counts from 1 as the spreadsheet shows it, `column` from 0. */
export function cellAddress(column: number, row: number): string {
	return columnLetters(column) + row;
}

export type Area = { top: number; left: number; bottom: number; right: number };

/** Reads `B2:D7` or `B2`, with or without `$`. Rows count from 1, columns from 0. */
export function readArea(reference: string): Area | null {
	const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/.exec(reference);
	if (!found) return null;
	const left = columnIndex(found[1] ?? '');
	const top = Number(found[2]);
	const right = found[3] ? columnIndex(found[3]) : left;
	const bottom = found[4] ? Number(found[4]) : top;
	return { top, left, bottom, right };
}
