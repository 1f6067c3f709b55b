/** What a spreadsheet program may take for a formula, also in the full-width forms a Chinese input method types. */
const FORMULA_START = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?%?$/;

/**
 * Text that would run as a formula when someone opens an export gets a leading apostrophe. Signed numbers stay
 * numbers. Use it for every text cell of every CSV or XLSX that leaves the product.
 */
export function escapeFormula(text: string): string {
	return FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}

/** One CSV field: formulas neutralised, quoted where needed. */
export function escapeCsvCell(value: string | number | boolean | null): string {
	if (value === null) return '';
	if (typeof value !== 'string') return String(value);
	const text = escapeFormula(value.replaceAll('\0', ''));
	return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A whole CSV file in UTF-8 with the byte order mark that Excel needs to see Chinese. */
export function toCsv(rows: (string | number | boolean | null)[][]): string {
	return '\ufeff' + rows.map((row) => row.map(escapeCsvCell).join(',') + '\r\n').join('');
}
