import { findTable, refusedTable } from '#lib/sheets/find-table.ts';
import type { Answers, SheetCells } from '#lib/sheets/sheet-cells.ts';
import type { Finding, Table } from '#lib/sheets/table.ts';
import { decideDelimiter, readCsv, toUtf8, type Dialect } from './csv.ts';
import { decideEncoding, ENCODINGS } from './encoding.ts';
import { isRefused } from './limits.ts';
import { signature } from './signature.ts';
import { readXlsx } from './xlsx.ts';

const SAMPLE_BYTES = 256 * 1024;
const NOTHING = { format: null, encoding: null, delimiter: null };

/** A file that was read: with other answers its table is cut anew, and the file not read again. */
export type Opened = { table: Table; cut: (answers: Answers) => Table };

/** The table of a file, without any protection around its reading: call it in the worker only. */
export async function readBytes(bytes: Buffer, answers: Answers): Promise<Table> {
	return (await openBytes(bytes, answers)).table;
}

/** The whole reading of one file, without any protection around it: call it in the worker only. */
export async function openBytes(
	bytes: Buffer,
	answers: Answers,
	tell: (rows: number) => void = () => undefined
): Promise<Opened> {
	const kind = signature(bytes);
	if (typeof kind === 'object') {
		const table = refusedTable(NOTHING, kind.refused);
		return { table, cut: () => table };
	}
	const format = kind === 'zip' ? 'xlsx' : 'csv';
	const refusalIn = (thrown: unknown) => {
		if (!isRefused(thrown)) throw thrown;
		return refusedTable({ ...NOTHING, format }, thrown.refused, thrown.params);
	};
	try {
		const read = kind === 'zip' ? await openWorkbook(bytes, tell) : openText(bytes, tell);
		const cut = (said: Answers) => {
			try {
				return read(said);
			} catch (thrown) {
				return refusalIn(thrown);
			}
		};
		return { table: cut(answers), cut };
	} catch (thrown) {
		const table = refusalIn(thrown);
		return { table, cut: () => table };
	}
}

async function openWorkbook(
	bytes: Buffer,
	tell: (rows: number) => void
): Promise<(answers: Answers) => Table> {
	const sheets = await readXlsx(bytes, tell);
	const given = { ...NOTHING, format: 'xlsx' as const, doubts: [], problems: [] };
	return (answers) => findTable(sheets, given, answers);
}

function openText(bytes: Buffer, tell: (rows: number) => void): (answers: Answers) => Table {
	const decided = decideEncoding(bytes);
	const texts = new Map<string, Buffer>();
	const read = new Map<string, ReturnType<typeof readCsv>>();
	return (answers) => {
		const confirmed = ENCODINGS.find((name) => name === answers.encoding);
		const encoding = confirmed ?? decided.encoding;
		const doubts: Finding[] = [];
		if (confirmed === undefined && decided.doubtful)
			doubts.push({ rule: 'which_encoding', params: { encoding } });
		const text = once(texts, encoding, () =>
			toUtf8(bytes, encoding, encoding === decided.encoding ? decided.skip : 0)
		);
		const dialect = dialectOf(text, answers.delimiter);
		const { delimiter } = dialect;
		if (dialect.doubtful) doubts.push({ rule: 'which_delimiter', params: { delimiter } });
		const { rows, problems } = once(read, `${encoding} ${delimiter}`, () =>
			readCsv(text, dialect, tell)
		);
		const sheet: SheetCells = {
			name: '',
			hidden: false,
			rows,
			merges: [],
			tables: [],
			uncalculated: []
		};
		return findTable([sheet], { format: 'csv', encoding, delimiter, doubts, problems }, answers);
	};
}

function once<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
	const found = known.get(key) ?? make();
	known.set(key, found);
	return found;
}

function dialectOf(text: Buffer, delimiter: string | undefined): Dialect {
	const sample = text.subarray(0, SAMPLE_BYTES).toString('utf8');
	const decided = decideDelimiter(sample);
	if (delimiter === undefined) return decided;
	return { delimiter, doubtful: false, skipFirst: decided.skipFirst };
}
