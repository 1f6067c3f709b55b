import { CsvError, parse } from 'csv-parse/sync';
import { cellAddress, columnLetters } from '#lib/sheets/cells.ts';
import type { Problem, Row } from '#lib/sheets/table.ts';
import { LIMITS, refused, ROWS_TOLD } from './limits.ts';

const SAMPLE_RECORDS = 500;

export type Dialect = { delimiter: string; doubtful: boolean; skipFirst: boolean };

/** The file as UTF-8 without its mark. Bytes that mean nothing in `encoding` become U+FFFD. */
export function toUtf8(bytes: Buffer, encoding: string, skip: number): Buffer {
	const body = bytes.subarray(skip);
	if (encoding === 'utf-8') return body;
	return Buffer.from(new TextDecoder(encoding, { ignoreBOM: true }).decode(body), 'utf8');
}

/**
 * The delimiter is the one that cuts most records to the same width of at least two. Two that do it equally well
 * are a doubt, not a choice.
 */
export function decideDelimiter(sample: string): Dialect {
	// Excel's own declaration in the first line.
	const declared = /^sep=(.)\r?\n/i.exec(sample);
	if (declared?.[1]) return { delimiter: declared[1], doubtful: false, skipFirst: true };

	const scores = [',', ';', '\t', '|'].map((delimiter) => ({
		delimiter,
		...consistency(sample, delimiter)
	}));
	const usable = scores
		.filter(({ delimiter, share, width }) => width > 1 && share >= (delimiter === '|' ? 0.95 : 0.4))
		.sort((a, b) => b.share - a.share);
	const bar = usable.filter(({ delimiter }) => delimiter === '|');
	const [best, second] = usable.filter(({ delimiter }) => delimiter !== '|').concat(bar);
	if (!best) return { delimiter: ',', doubtful: false, skipFirst: false };
	const rival = second !== undefined && second.delimiter !== '|' && best.share - second.share < 0.2;
	return { delimiter: best.delimiter, doubtful: rival, skipFirst: false };
}

function consistency(sample: string, delimiter: string): { share: number; width: number } {
	let records: string[][];
	try {
		records = parse(sample, {
			delimiter,
			record_delimiter: ['\r\n', '\n', '\r'],
			relax_column_count: true,
			relax_quotes: true,
			skip_records_with_error: true,
			to: SAMPLE_RECORDS
		});
	} catch {
		return { share: 0, width: 0 };
	}
	const widths = new Map<number, number>();
	let counted = 0;
	for (const record of records) {
		if (record.length === 1 && !record[0]?.trim()) continue;
		counted++;
		widths.set(record.length, (widths.get(record.length) ?? 0) + 1);
	}
	let width = 0;
	let most = 0;
	for (const [candidate, count] of widths) {
		if (count > most || (count === most && candidate > width)) [width, most] = [candidate, count];
	}
	return { share: counted ? most / counted : 0, width };
}

/** Damaged files are read on after the damaged line, until this many bytes were read again because of it. */
const MOST_REREAD = 32 * 1024 * 1024;
const MOST_RECORD = 1024 * 1024;

/** Text that becomes strings at once. */
const PIECE = 1 << 20;
const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const EQUALS = 61;

/** The records of UTF-8: read at once where nothing is quoted, so that every line is a record, else strictly. */
export function readCsv(
	bytes: Buffer,
	dialect: Dialect,
	tell: (rows: number) => void = () => undefined
): { rows: Row[]; problems: Problem[] } {
	const rows = bytes.includes(QUOTE) ? null : readUnquoted(bytes, dialect, tell);
	return rows
		? { rows, problems: [] }
		: readStrictly(withoutEquals(bytes, dialect.delimiter), dialect, tell);
}

/**
 * ="310115" is how programs write a text that Excel must not take for a number: the same as "310115". Only there, where
 * a field begins, the equals sign goes; what is more of a formula stays damaged.
 */
function withoutEquals(bytes: Buffer, delimiter: string): Buffer {
	if (!bytes.includes('="')) return bytes;
	const cut = delimiter.charCodeAt(0);
	const kept = Buffer.alloc(bytes.length);
	let length = 0;
	let quoted = false;
	let atStart = true;
	for (let i = 0; i < bytes.length; i++) {
		const byte = bytes[i] ?? 0;
		if (atStart && byte === EQUALS && bytes[i + 1] === QUOTE) continue;
		if (byte === QUOTE && (quoted || atStart)) quoted = !quoted;
		// A doubled quote closes and opens again.
		else if (byte === QUOTE && bytes[i - 1] === QUOTE) quoted = true;
		atStart = !quoted && (byte === cut || byte === LINE_FEED || byte === CARRIAGE_RETURN);
		kept[length++] = byte;
	}
	return kept.subarray(0, length);
}

/** Gives null where a line is so long that strict reading must judge it. */
function readUnquoted(
	bytes: Buffer,
	{ delimiter, skipFirst }: Dialect,
	tell: (rows: number) => void
): Row[] | null {
	const rows: Row[] = [];
	const once = same();
	let record = 0;
	let cells = 0;
	for (let start = 0; start < bytes.length;) {
		const cut = bytes.indexOf(LINE_FEED, start + PIECE);
		const end = cut < 0 ? bytes.length : cut + 1;
		const text = bytes.toString('utf8', start, end);
		start = end;
		const lines = text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n');
		if (lines.at(-1) === '') lines.pop();
		for (const line of lines) {
			if (line.length > MOST_RECORD / 4) return null;
			if (++record === 1 && skipFirst) continue;
			const fields = line.split(delimiter);
			cells += fields.length;
			refuseTooMuch(record, fields.length, cells);
			for (let i = 0; i < fields.length; i++) fields[i] = once(fields[i] ?? '');
			rows.push({ row: record, cells: fields });
		}
		tell(record);
	}
	return rows;
}

/** Gives equal texts as one: tables repeat a few names thousands of times, and each would be kept. */
function same(): (text: string) => string {
	const known = new Map<string, string>();
	return (text) => {
		const before = known.get(text);
		if (before !== undefined) return before;
		if (known.size < 10_000) known.set(text, text);
		return text;
	};
}

/**
 * Strict reading of UTF-8: a record with broken quoting is a problem at its cell and is left out, never repaired,
 * and reading goes on at the next line. Rows are counted as a spreadsheet counts them: one per record, whatever
 * line breaks stand inside quotes.
 */
export function readStrictly(
	bytes: Buffer,
	dialect: Dialect,
	tell: (rows: number) => void = () => undefined
): { rows: Row[]; problems: Problem[] } {
	const rows: Row[] = [];
	const problems: Problem[] = [];
	let record = 0;
	let cells = 0;
	let start = 0;
	let reread = 0;
	while (start < bytes.length) {
		let end = start;
		try {
			parse(bytes.subarray(start), {
				delimiter: dialect.delimiter,
				record_delimiter: ['\r\n', '\n', '\r'],
				relax_column_count: true,
				max_record_size: MOST_RECORD,
				on_record: (fields: string[], context) => {
					record++;
					end = start + context.bytes;
					if (dialect.skipFirst && record === 1) return null;
					cells += fields.length;
					refuseTooMuch(record, fields.length, cells);
					rows.push({ row: record, cells: fields });
					if (record % ROWS_TOLD === 0) tell(record);
					return null;
				}
			});
			return { rows, problems };
		} catch (thrown) {
			if (!(thrown instanceof CsvError)) throw thrown;
			record++;
			problems.push(damaged(thrown, record));
			const next = nextLine(bytes, end);
			reread += Math.min(MOST_RECORD, bytes.length - end);
			if (reread > MOST_REREAD) throw refused('too_many_damaged_rows', { count: problems.length });
			start = next;
		}
	}
	return { rows, problems };
}

function refuseTooMuch(record: number, width: number, cells: number) {
	if (record > LIMITS.rows) throw refused('too_many_rows', { limit: LIMITS.rows });
	if (cells > LIMITS.cells) throw refused('too_many_cells', { limit: LIMITS.cells });
	if (width > LIMITS.columns) {
		throw refused('too_many_columns', {
			limit: LIMITS.columns,
			cell: cellAddress(LIMITS.columns, record)
		});
	}
}

function damaged(error: CsvError, record: number): Problem {
	const column = Math.max(0, Number(error['index'] ?? 0));
	const code: string = error.code;
	const rule =
		code === 'CSV_QUOTE_NOT_CLOSED'
			? 'unclosed_quote'
			: code === 'CSV_MAX_RECORD_SIZE'
				? 'record_too_long'
				: 'stray_quote';
	return {
		rule,
		params: {},
		severity: 'error',
		sheet: '',
		cell: cellAddress(column, record),
		row: record,
		column: columnLetters(column),
		value: ''
	};
}

function nextLine(bytes: Buffer, from: number): number {
	let at = from;
	while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
	return bytes[at] === 13 && bytes[at + 1] === 10 ? at + 2 : at + 1;
}
