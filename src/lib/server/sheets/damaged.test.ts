import fc from 'fast-check';
import { expect, test } from 'vitest';
import { counts } from '../../../../tests/counts.ts';
import { encode } from '../../../../tests/files/encode.ts';
import { csv, table } from '../../../../tests/files/tables.ts';
import { sheetRows, workbook, zip } from '../../../../tests/files/zip.ts';
import type { Table } from '#lib/sheets/table.ts';
import { readBytes } from './read-bytes.ts';

// Files damaged at random places. What is read without a question is what stands in the file as the program that wrote
// it would show it; everything else is asked about, is an error at its row, or is refused with a reason.

const seed = Number(process.env.SEED ?? 2026);

const damage = fc.array(
	fc.tuple(
		fc.constantFrom('change', 'cut', 'insert'),
		fc.double({ min: 0, max: 1, noNaN: true }),
		fc.integer({ min: 0, max: 255 })
	),
	{ minLength: 1, maxLength: 8 }
);

function harm(bytes: Buffer, blows: [string, number, number][]): Buffer {
	let harmed = Buffer.from(bytes);
	for (const [how, where, byte] of blows) {
		const at = Math.floor(where * harmed.length);
		if (how === 'change' && harmed.length) harmed[Math.min(at, harmed.length - 1)] = byte;
		else if (how === 'cut')
			harmed = Buffer.concat([harmed.subarray(0, at), harmed.subarray(at + byte)]);
		else
			harmed = Buffer.concat([
				harmed.subarray(0, at),
				Buffer.alloc(byte % 40, byte),
				harmed.subarray(at)
			]);
	}
	return harmed;
}

/** The longest reading, in computing time, and the most memory. */
const most = { milliseconds: 0, megabytes: 0 };

async function readDamaged(bytes: Buffer): Promise<Table> {
	const before = process.cpuUsage();
	const read = await readBytes(bytes, {});
	const { user, system } = process.cpuUsage(before);
	most.milliseconds = Math.max(most.milliseconds, (user + system) / 1000);
	most.megabytes = Math.max(most.megabytes, process.memoryUsage().rss / 2 ** 20);
	expect(['ready', 'needs_mapping', 'row_errors', 'refused']).toContain(read.verdict);
	if (read.verdict === 'refused' || read.verdict === 'needs_mapping')
		expect(read.reason).not.toBeNull();
	return read;
}

test(
	'a damaged CSV is never imported otherwise than it reads',
	async () => {
		const encodings = fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'gb18030');
		await fc.assert(
			fc.asyncProperty(table, encodings, damage, async (rows, encoding, blows) => {
				const bytes = harm(encode(csv(rows, ',', '\r\n'), encoding), blows);
				const read = await readDamaged(bytes);
				if (read.verdict === 'ready') expect(shown(read)).toEqual(visible(bytes, encoding));
			}),
			{ numRuns: 140 * counts.damaged, seed }
		);
	},
	12_000 * counts.damaged
);

test(
	'a damaged workbook is imported as it was written, or not at all',
	async () => {
		await fc.assert(
			fc.asyncProperty(table, damage, async (rows, blows) => {
				const read = await readDamaged(harm(zip(workbook(sheetRows(rows))), blows));
				if (read.verdict === 'ready') expect(shown(read)).toEqual(rows.map(plain));
			}),
			{ numRuns: 70 * counts.damaged, seed }
		);
	},
	12_000 * counts.damaged
);

test(
	'a workbook whose sheet was damaged before it was packed is answered, never a crash',
	async () => {
		await fc.assert(
			fc.asyncProperty(table, damage, async (rows, blows) => {
				const parts = workbook(sheetRows(rows)).map((part) =>
					part.name.includes('sheet1')
						? { ...part, data: harm(Buffer.from(part.data), blows) }
						: part
				);
				await readDamaged(zip(parts));
			}),
			{ numRuns: 50 * counts.damaged, seed }
		);
		console.warn(
			`damaged: seed ${seed}; at most ${Math.round(most.milliseconds)} ms of computing and ${Math.round(most.megabytes)} MB`
		);
	},
	12_000 * counts.damaged
);

test('a file put together from two encodings is asked about', async () => {
	const mixed = async (...parts: [text: string, encoding: string][]) => {
		const read = await readBytes(
			Buffer.concat(parts.map(([text, encoding]) => encode(text, encoding))),
			{}
		);
		return [read.verdict, read.reason?.rule];
	};
	const header = '地区名称,骑手人数\n';
	const many = '浦东新区,12\n'.repeat(50);
	const asked = ['needs_mapping', 'which_encoding'];
	// An even number of bytes: GB18030 reads the last line too, as 榛勬郸.
	expect(await mixed([header + many, 'gb18030'], ['黄浦,8\n', 'utf-8'])).toEqual(asked);
	expect(await mixed([header + many, 'gb18030'], ['黄浦区,8\n', 'utf-8'])).toEqual(asked);
	expect(await mixed([header, 'gb18030'], [many, 'utf-8'])).toEqual(asked);
	expect(await mixed([header + many, 'utf-8'], ['黄浦,8\n', 'gb18030'])).toEqual(asked);
	expect(await mixed([header, 'utf-8-bom'], [many, 'gb18030'])).toEqual(asked);
});

/** What was read, with its header, without what cannot be seen. */
function shown(read: Table): string[][] {
	const header = read.sheets[read.chosen ?? 0]?.header_row;
	const names = header ? [read.columns.map(({ name }) => name)] : [];
	return [...names, ...read.rows.map(({ cells }) => cells)].map(plain).filter((row) => row.length);
}

/** What a spreadsheet shows of a CSV when it is told the encoding; null if it cannot be read so. */
function visible(bytes: Buffer, encoding: string): string[][] | null {
	const decoder = new TextDecoder(encoding.replace('-bom', ''), { fatal: true });
	let text: string;
	try {
		text = decoder.decode(bytes);
	} catch {
		return null;
	}
	const rows: string[][] = [];
	const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
	let row: string[] = [];
	while (field.lastIndex < text.length) {
		const found = field.exec(text);
		if (!found) return null;
		row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
		if (found[3] === ',' && field.lastIndex < text.length) continue;
		if (found[3] === ',') row.push('');
		rows.push(row);
		row = [];
	}
	return rows.map(plain).filter((cells) => cells.length);
}

function plain(cells: string[]): string[] {
	// What takes no room on the screen is a space, and one space like many.
	const trimmed = cells.map((cell) => cell.replace(/[\s\p{Cc}\u200b\ufeff]+/gu, ' ').trim());
	return trimmed.slice(0, trimmed.findLastIndex((cell) => cell !== '') + 1);
}
