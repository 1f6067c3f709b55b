/**
 * What many pages are sent alike is written once, not anew for each of them: the server walks no value that was given
 * to `written`, and the browser reads its text.
 */
const texts = new WeakMap<object, string | null>();

/** Marks a value that is sent as its text. It must be JSON, and may not change any more. */
export function written<T>(value: T): T {
	if (typeof value === 'object' && value !== null && !texts.has(value)) texts.set(value, null);
	return value;
}

/** Each of a list, of which pages show a part. */
export function eachWritten<T>(list: T[]): T[] {
	for (const one of list) written(one);
	return list;
}

/** The text of a value that was given to `written`; undefined for every other. */
export function textOf(value: unknown): string | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const known = texts.get(value);
	if (known === undefined) return undefined;
	const text = known ?? JSON.stringify(value, (_, part: unknown) => columnsOf(part));
	if (known === null) texts.set(value, text);
	return text;
}

/** Reads what `written` wrote. */
export function read(text: string): unknown {
	return JSON.parse(text, (_, part: unknown) => rowsOf(part));
}

type Row = Record<string, unknown>;
/** Rows of the same columns, whose names are written once. */
type Columns = { '#': string[]; rows: unknown[][] };

function columnsOf(part: unknown): unknown {
	if (!Array.isArray(part) || part.length < 3 || !part.every(isRow)) return part;
	const names = Object.keys(part[0] ?? {});
	const alike = part.every((row) => {
		const own = Object.keys(row);
		return own.length === names.length && own.every((name, at) => name === names[at]);
	});
	if (!alike || names.length === 0) return part;
	const columns: Columns = { '#': names, rows: part.map((row) => Object.values(row)) };
	return columns;
}

function rowsOf(part: unknown): unknown {
	if (!isColumns(part)) return part;
	const { '#': names, rows } = part;
	return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])));
}

function isColumns(part: unknown): part is Columns {
	return isRow(part) && Array.isArray(part['#']) && Array.isArray(part.rows);
}

function isRow(value: unknown): value is Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
