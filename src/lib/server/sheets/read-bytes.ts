import { findTable, refuse, type Answers, type SheetCells } from '#lib/sheets/find-table.ts';
import type { Finding, Table } from '#lib/sheets/table.ts';
import { decideDelimiter, readCsv, toUtf8, type Dialect } from './csv.ts';
import { decideEncoding, ENCODINGS } from './encoding.ts';
import { isRefused, LIMITS } from './limits.ts';
import { signature } from './signature.ts';
import { readXlsx } from './xlsx.ts';

const SAMPLE_BYTES = 256 * 1024;
const NOTHING = { format: null, encoding: null, delimiter: null };

/** The whole reading of one file, without any protection around it: call it in the worker only. */
export async function readBytes(
	bytes: Buffer,
	answers: Answers,
	tell: (rows: number) => void = () => undefined
): Promise<Table> {
	if (bytes.length > LIMITS.fileBytes) {
		return refuse(NOTHING, 'file_too_large', { limit: LIMITS.fileBytes / 1024 / 1024 });
	}
	const kind = signature(bytes);
	if (typeof kind === 'object') return refuse(NOTHING, kind.refused);
	try {
		return kind === 'zip'
			? await readWorkbook(bytes, answers, tell)
			: readText(bytes, answers, tell);
	} catch (thrown) {
		if (!isRefused(thrown)) throw thrown;
		const format = kind === 'zip' ? 'xlsx' : 'csv';
		return refuse({ ...NOTHING, format }, thrown.refused, thrown.params);
	}
}

async function readWorkbook(
	bytes: Buffer,
	answers: Answers,
	tell: (rows: number) => void
): Promise<Table> {
	const sheets = await readXlsx(bytes, tell);
	return findTable(sheets, { ...NOTHING, format: 'xlsx', doubts: [], problems: [] }, answers);
}

function readText(bytes: Buffer, answers: Answers, tell: (rows: number) => void): Table {
	const confirmed = ENCODINGS.find((name) => name === answers.encoding);
	const decided = decideEncoding(bytes);
	const skip = confirmed === undefined || confirmed === decided.encoding ? decided.skip : 0;
	const encoding = confirmed ?? decided.encoding;
	const doubts: Finding[] = [];
	if (confirmed === undefined && decided.doubtful)
		doubts.push({ rule: 'which_encoding', params: { encoding } });

	const text = toUtf8(bytes, encoding, skip);
	const dialect = dialectOf(text, answers.delimiter);
	if (dialect.doubtful)
		doubts.push({ rule: 'which_delimiter', params: { delimiter: dialect.delimiter } });
	const { rows, problems } = readCsv(text, dialect, tell);
	const sheet: SheetCells = {
		name: '',
		hidden: false,
		rows,
		merges: [],
		tables: [],
		uncalculated: []
	};
	return findTable(
		[sheet],
		{ format: 'csv', encoding, delimiter: dialect.delimiter, doubts, problems },
		answers
	);
}

function dialectOf(text: Buffer, delimiter: string | undefined): Dialect {
	const sample = text.subarray(0, SAMPLE_BYTES).toString('utf8');
	const decided = decideDelimiter(sample);
	if (delimiter === undefined) return decided;
	return { delimiter, doubtful: false, skipFirst: decided.skipFirst };
}
