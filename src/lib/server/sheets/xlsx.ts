import { cellAddress, readArea, type Area } from '#lib/sheets/cells.ts';
import type { CellKind, Row } from '#lib/sheets/table.ts';
import { LIMITS, refused, ROWS_TOLD } from './limits.ts';
import { plainNumber, serialDate, shownAs, type Shown } from './number-format.ts';
import { readXml, type Attributes } from './xml.ts';
import { openArchive, readPart, type Archive, type Part } from './zip.ts';

export type RawSheet = {
	name: string;
	hidden: boolean;
	rows: Row[];
	merges: Area[];
	/** Tables that the workbook itself declares (Excel's "format as table"). */
	tables: { area: Area; headerRows: number }[];
	/** Formulas that were never calculated, so that no value is stored. */
	uncalculated: string[];
	/** Rows and columns that whoever looks at the sheet does not see, filtered ones too. */
	unseen: { rows: Set<number>; columns: [number, number][] };
};

type Book = {
	archive: Archive;
	from1904: boolean;
	/** Its program left the formulas to be calculated on opening: a zero beside them only fills the place. */
	toCalculate: boolean;
	strings: string[];
	formats: Shown[];
	/** Counted over all sheets, against the limits. */
	spent: { cells: number; characters: number };
};

/** Merged areas do not overlap in a column, so no sheet has many more rows in them than it has rows. */
const MOST_MERGED_ROWS = 4 * 1_048_576;
const MOST_MERGES = 500_000;
/** Excel knows no more than 65,490. */
const MOST_STYLES = 200_000;

/** Reads every worksheet of a workbook. Formulas are never evaluated: the value stored beside them is taken. */
export async function readXlsx(
	bytes: Buffer,
	tell: (rows: number) => void = () => undefined
): Promise<RawSheet[]> {
	const archive = await openArchive(bytes);
	try {
		refuseOtherContents(archive);
		await refuseDoctypes(archive);
		const book = await readBook(archive);
		const sheets: RawSheet[] = [];
		for (const { name, hidden, part } of book.listed) {
			sheets.push(await readSheet(book, name, hidden, part, tell));
		}
		return sheets;
	} finally {
		archive.zip.close();
	}
}

function refuseOtherContents({ parts }: Archive) {
	const names = [...parts.keys()];
	const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
	if (has(/(^|\/)vbaproject\.bin$|^xl\/(macrosheets|activex|dialogsheets)\//))
		throw refused('macros');
	if (has(/^xl\/externallinks\//)) throw refused('external_links');
	if (has(/^xl\/workbook\.bin$/)) throw refused('binary_workbook');
	if (has(/^encryptedpackage$/)) throw refused('password_protected');
	if (has(/^content\.xml$/)) throw refused('opendocument');
	if (!parts.has('[content_types].xml')) {
		throw refused(has(/\.(csv|xlsx?|tsv|txt)$/) ? 'archive_file' : 'not_a_spreadsheet');
	}
	if (has(/^(word|ppt|visio)\//) && !has(/^xl\//)) throw refused('not_a_spreadsheet');
}

/** Also in the parts that are never parsed: a workbook that carries an attack is not worth reading. */
async function refuseDoctypes(archive: Archive) {
	for (const part of archive.parts.values()) {
		if (!/\.(xml|rels|vml)$/.test(part.name)) continue;
		await readPart(archive, part, (piece) => {
			// A declaration stands before the root element, so in the first piece.
			if (/<!(doctype|entity)/i.test(piece.toString('latin1').replaceAll('\0', ''))) {
				throw refused('xml_entities');
			}
			return false;
		});
	}
}

function resolve(base: string, target: string): string {
	if (target.startsWith('/')) return target.slice(1).toLowerCase();
	const path = base.split('/').slice(0, -1);
	for (const step of target.replaceAll('\\', '/').split('/')) {
		if (step === '..') path.pop();
		else if (step !== '.') path.push(step);
	}
	return path.join('/').toLowerCase();
}

type Relation = { id: string; type: string; target: string };

async function relations(archive: Archive, of: string): Promise<Relation[]> {
	const cut = of.lastIndexOf('/') + 1;
	const part = archive.parts.get(`${of.slice(0, cut)}_rels/${of.slice(cut)}.rels`);
	const found: Relation[] = [];
	if (!part) return found;
	await readXml(archive, part, {
		open: (name, { Id, Type, Target, TargetMode }) => {
			if (name !== 'Relationship' || !Id || !Target || TargetMode === 'External') return;
			found.push({ id: Id, type: Type?.split('/').at(-1) ?? '', target: resolve(of, Target) });
		}
	});
	return found;
}

async function readBook(archive: Archive) {
	const root = (await relations(archive, '')).find(({ type }) => type === 'officeDocument');
	const name = root?.target ?? 'xl/workbook.xml';
	const part = archive.parts.get(name);
	if (!part) throw refused('damaged_workbook');
	const links = await relations(archive, name);
	if (links.some(({ type }) => type === 'vbaProject')) throw refused('macros');

	let from1904 = false;
	let toCalculate = false;
	const listed: { name: string; hidden: boolean; part: Part }[] = [];
	await readXml(archive, part, {
		open: (tag, attributes) => {
			if (tag === 'workbookPr') from1904 = isTrue(attributes['date1904']);
			if (tag === 'calcPr') toCalculate = isTrue(attributes['fullCalcOnLoad']);
			if (tag !== 'sheet') return;
			const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1];
			const link = links.find((candidate) => candidate.id === id);
			if (!link) throw refused('damaged_workbook');
			// Chart sheets hold no cells.
			if (link.type !== 'worksheet') return;
			const sheet = archive.parts.get(link.target);
			if (!sheet) throw refused('damaged_workbook');
			const hidden = (attributes['state'] ?? 'visible') !== 'visible';
			listed.push({ name: attributes['name'] ?? '', hidden, part: sheet });
		}
	});
	if (listed.length === 0) throw refused('no_sheet');
	const byType = (type: string, usual: string) =>
		archive.parts.get(links.find((link) => link.type === type)?.target ?? usual);
	return {
		archive,
		from1904,
		toCalculate,
		listed,
		strings: await readStrings(archive, byType('sharedStrings', 'xl/sharedstrings.xml')),
		formats: await readFormats(archive, byType('styles', 'xl/styles.xml')),
		spent: { cells: 0, characters: 0 }
	};
}

function isTrue(value: string | undefined): boolean {
	return value === '1' || value === 'true';
}

/** Excel writes control characters as _x000D_. */
function unescapeText(text: string): string {
	return text.includes('_x')
		? text.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
		: text;
}

async function readStrings(archive: Archive, part: Part | undefined): Promise<string[]> {
	const strings: string[] = [];
	if (!part) return strings;
	let text = '';
	let inText = false;
	let phonetic = 0;
	let characters = 0;
	await readXml(archive, part, {
		open: (name) => {
			if (name === 'si') text = '';
			// Phonetic guides (furigana, pinyin) are not part of the text.
			else if (name === 'rPh') phonetic++;
			else if (name === 't') inText = phonetic === 0;
			return undefined;
		},
		close: (name) => {
			if (name === 't') inText = false;
			else if (name === 'rPh') phonetic--;
			else if (name === 'si') {
				characters += text.length;
				if (characters > LIMITS.characters || strings.length > LIMITS.cells) {
					throw refused('too_much_text');
				}
				strings.push(unescapeText(text));
			}
		},
		text: (piece) => {
			if (inText) text += piece;
		}
	});
	return strings;
}

/** For each cell style, whether its numbers are dates, percentages or plain. */
async function readFormats(archive: Archive, part: Part | undefined): Promise<Shown[]> {
	const formats: Shown[] = [];
	if (!part) return formats;
	const codes = new Map<number, string>();
	let inCells = false;
	await readXml(archive, part, {
		open: (name, attributes) => {
			if (name === 'numFmt')
				codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
			else if (name === 'cellXfs') inCells = true;
			else if (name === 'xf' && inCells) {
				const id = Number(attributes['numFmtId'] ?? 0);
				formats.push(shownAs(id, codes.get(id)));
				if (formats.length > MOST_STYLES) throw refused('damaged_workbook');
			}
			return undefined;
		},
		close: (name) => {
			if (name === 'cellXfs') inCells = false;
		}
	});
	return formats;
}

async function readSheet(
	book: Book,
	name: string,
	hidden: boolean,
	part: Part,
	tell: (rows: number) => void
): Promise<RawSheet> {
	const sheet: RawSheet = {
		name,
		hidden,
		rows: [],
		merges: [],
		tables: [],
		uncalculated: [],
		unseen: { rows: new Set(), columns: [] }
	};
	let row = 0;
	let column = -1;
	let cells: string[] = [];
	let kinds: string[] = [];
	let type = '';
	let style = 0;
	let value = '';
	let values = 0;
	let hasFormula = false;
	let collecting = false;
	let phonetic = 0;
	// How deep in the rows: their table, a row, a cell.
	let inData = false;
	let inRow = false;
	let inCell = false;
	let isHidden = false;
	let tables = 0;
	let mergedRows = 0;
	let sorted = true;

	const openCell = (attributes: Attributes) => {
		column++;
		const given = attributes['r'];
		if (given) {
			const area = readArea(given);
			if (area?.top !== row) throw refused('damaged_workbook');
			column = area.left;
		}
		type = attributes['t'] ?? 'n';
		style = Number(attributes['s'] ?? 0);
		value = '';
		values = 0;
		hasFormula = false;
	};

	const closeCell = () => {
		const none = value === '' ? type !== 'str' : book.toCalculate && Number(value) === 0;
		if (hasFormula && none) {
			sheet.uncalculated.push(cellAddress(column, row));
			return;
		}
		const [text, kind] = shownCell(book, type, style, value);
		if (text === '') return;
		if (column >= LIMITS.columns) {
			throw refused('too_many_columns', { limit: LIMITS.columns, cell: cellAddress(column, row) });
		}
		if (cells[column] !== undefined && cells[column] !== '') throw refused('damaged_workbook');
		book.spent.cells++;
		book.spent.characters += text.length;
		if (book.spent.cells > LIMITS.cells) throw refused('too_many_cells', { limit: LIMITS.cells });
		if (book.spent.characters > LIMITS.characters) throw refused('too_much_text');
		while (cells.length < column) {
			cells.push('');
			kinds.push(' ');
		}
		cells[column] = text;
		kinds[column] = kind;
	};

	await readXml(book.archive, part, {
		open: (tag, attributes) => {
			if (tag === 'c' && inData) {
				if (!inRow || inCell) throw refused('damaged_workbook');
				inCell = true;
				openCell(attributes);
			} else if (tag === 'row' && inData) {
				if (inRow) throw refused('damaged_workbook');
				inRow = true;
				const given = Number(attributes['r'] ?? row + 1);
				if (!Number.isInteger(given) || given < 1 || given > 1_048_576)
					throw refused('damaged_workbook');
				if (given <= row) sorted = false;
				row = given;
				isHidden = isTrue(attributes['hidden']);
				column = -1;
				cells = [];
				kinds = [];
			} else if (inCell && tag === (type === 'inlineStr' ? 't' : 'v')) {
				collecting = phonetic === 0;
				// A text has a part for each of its typefaces, a value stands once.
				if (tag === 'v' && ++values > 1) throw refused('damaged_workbook');
			} else if (inCell && tag === 'f') hasFormula = true;
			else if (tag === 'rPh') phonetic++;
			else if (tag === 'sheetData') {
				if (++tables > 1) throw refused('damaged_workbook');
				inData = true;
			} else if (tag === 'mergeCell') {
				const area = readArea(attributes['ref'] ?? '');
				if (!area) return;
				mergedRows += area.bottom - area.top + 1;
				if (mergedRows > MOST_MERGED_ROWS || sheet.merges.length > MOST_MERGES)
					throw refused('damaged_workbook');
				sheet.merges.push(area);
			} else if (tag === 'col' && isTrue(attributes['hidden'])) {
				const [first, last] = [Number(attributes['min']), Number(attributes['max'])];
				if (sheet.unseen.columns.length < LIMITS.columns)
					sheet.unseen.columns.push([first - 1, last - 1]);
			}
			return undefined;
		},
		close: (tag) => {
			if (tag === 'c' && inData) {
				closeCell();
				inCell = false;
			} else if (tag === 'v' || tag === 't') collecting = false;
			else if (tag === 'rPh') phonetic--;
			else if (tag === 'sheetData') inData = false;
			else if (tag === 'row' && inData) {
				inRow = false;
				if (cells.length === 0) return;
				if (sheet.rows.length >= LIMITS.rows)
					throw refused('too_many_rows', { limit: LIMITS.rows });
				if (isHidden) sheet.unseen.rows.add(row);
				sheet.rows.push({ row, cells, kinds: kinds.join('') });
				if (sheet.rows.length % ROWS_TOLD === 0) tell(sheet.rows.length);
			}
		},
		text: (piece) => {
			if (collecting) value += piece;
		}
	});
	if (!sorted) putInOrder(sheet);
	await readTables(book.archive, part.name, sheet);
	return sheet;
}

function putInOrder(sheet: RawSheet) {
	sheet.rows.sort((a, b) => a.row - b.row);
	if (sheet.rows.some((row, i) => row.row === sheet.rows[i - 1]?.row))
		throw refused('damaged_workbook');
}

/** A cell's text as the spreadsheet would show it, without its thousands separators, and its kind. */
function shownCell(book: Book, type: string, style: number, value: string): [string, CellKind] {
	switch (type) {
		case 's': {
			const index = Number(value);
			if (value !== '' && book.strings[index] === undefined) throw refused('damaged_workbook');
			return [value === '' ? '' : (book.strings[index] ?? ''), 's'];
		}
		case 'str':
		case 'inlineStr':
			return [unescapeText(value), 's'];
		case 'b':
			return [value === '' ? '' : isTrue(value) ? 'TRUE' : 'FALSE', 'b'];
		case 'e':
			return [value, 'e'];
		case 'd':
			// Midnight is how a day without its time is written.
			return [value.replace(/T00:00(:00(\.0+)?)?Z?$/, ''), 'd'];
	}
	if (value.trim() === '') return ['', 'n'];
	const number = Number(value);
	// Spreadsheets cannot store these, so the file was made or damaged by something else.
	if (!Number.isFinite(number) || /[xob]/i.test(value)) return [value.slice(0, 40), 'e'];
	const shown = book.formats[style] ?? 'number';
	if (shown === 'date') {
		const date = serialDate(number, book.from1904);
		if (date !== null) return [date, 'd'];
	}
	if (shown === 'percent') return [`${plainNumber(number * 100)}%`, 'n'];
	return [plainNumber(number), 'n'];
}

async function readTables(archive: Archive, sheetPart: string, sheet: RawSheet) {
	for (const { type, target } of await relations(archive, sheetPart)) {
		const part = type === 'table' ? archive.parts.get(target) : undefined;
		if (!part) continue;
		await readXml(archive, part, {
			open: (name, attributes) => {
				if (name !== 'table') return;
				const area = readArea(attributes['ref'] ?? '');
				const headerRows = Number(attributes['headerRowCount'] ?? 1);
				const totalRows = Number(attributes['totalsRowCount'] ?? 0);
				if (area) {
					sheet.tables.push({ area: { ...area, bottom: area.bottom - totalRows }, headerRows });
				}
				return false;
			}
		});
	}
}
