/** Excel's built-in date and time formats, the Chinese, Japanese and Korean ones (27–36, 50–58) among them. */
function isBuiltInDate(id: number): boolean {
	return (
		(id >= 14 && id <= 22) ||
		(id >= 27 && id <= 36) ||
		(id >= 45 && id <= 47) ||
		(id >= 50 && id <= 58)
	);
}

export type Shown = 'date' | 'percent' | 'number';

/** The kind of value that a number format makes of a number. `code` is undefined for built-in formats. */
export function shownAs(id: number, code: string | undefined): Shown {
	if (code === undefined)
		return isBuiltInDate(id) ? 'date' : id === 9 || id === 10 ? 'percent' : 'number';
	const bare =
		code
			.replace(/"[^"]*"|\\.|_.|\*./g, '')
			.replace(/\[(?![hms]+\])[^\]]*\]/gi, '')
			.split(';')[0] ?? '';
	if (/general/i.test(bare)) return 'number';
	if (/[ymdhs年月日]/i.test(bare.replace(/e[+-]/gi, ''))) return 'date';
	return bare.includes('%') ? 'percent' : 'number';
}

const DAY = 86_400_000;

/** A serial day as ISO text; `1904`-based workbooks count from 1 January 1904. Null when it is no date. */
export function serialDate(serial: number, from1904: boolean): string | null {
	if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return null;
	if (serial < 1 && !from1904) return clock(Math.round(serial * DAY));
	// Excel believes in 29 February 1900, so days before March 1900 are off by one.
	const day = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
	const date = new Date(Math.round((day - 25_569) * DAY));
	const text = date.toISOString();
	return text.slice(11, 19) === '00:00:00'
		? text.slice(0, 10)
		: `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

function clock(milliseconds: number): string {
	return new Date(milliseconds).toISOString().slice(11, 19);
}

/** A stored double as Excel shows it: 15 significant digits, no exponent where it can be avoided. */
export function plainNumber(value: number): string {
	const text = String(Number(value.toPrecision(15)));
	if (!text.includes('e')) return text;
	const magnitude = Math.abs(value);
	if (magnitude >= 1e21 || magnitude < 1e-15) return text;
	return value.toFixed(20).replace(/\.?0+$/, '');
}
