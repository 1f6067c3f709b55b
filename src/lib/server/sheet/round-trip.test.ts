import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode } from '../../../../tests/files/encode.ts';
import { sheetRows, workbook, zip } from '../../../../tests/files/zip.ts';
import { readCsv, readStrictly } from './csv.ts';
import { readBytes } from './read-bytes.ts';

const CHINESE = [
	...'上海市浦东新区黄浦徐汇长宁静安普陀虹口杨浦闵行宝山嘉定金山松江青浦奉贤崇明骑手快递员网约车司机货车主播人数参保培训投诉专送众包自营外包说明数量金额月份合同工伤保险'
];

const word = fc
	.array(
		fc.constantFrom(...CHINESE, 'a', 'B', ' ', '-', '·', '（', '）', '"', ',', ';', '\n', '\t'),
		{ minLength: 1, maxLength: 12 }
	)
	.map((signs) => signs.join('').trim() || '骑手');
const figure = fc.integer({ min: 0, max: 1_000_000 }).map(String);

/** A header of names, then rows of a region, a text and figures. */
const table = fc.integer({ min: 2, max: 6 }).chain((figures) =>
	fc
		.array(fc.tuple(word, fc.array(figure, { minLength: figures, maxLength: figures })), {
			minLength: 1,
			maxLength: 30
		})
		.map((rows) => [
			['地区名称', ...Array.from({ length: figures }, (_, i) => `人数${i + 1}`)],
			...rows.map(([text, numbers]) => [text, ...numbers])
		])
);

function csv(rows: string[][], delimiter: string, newline: string): string {
	const field = (text: string) =>
		/[",;\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	return rows.map((row) => row.map(field).join(delimiter) + newline).join('');
}

const RUNS = { numRuns: 60, seed: 2026 };

test.each(['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'gb18030'])(
	'any table written as %s comes back identical',
	async (encoding) => {
		await fc.assert(
			fc.asyncProperty(
				table,
				fc.constantFrom(',', ';', '\t'),
				fc.constantFrom('\n', '\r\n'),
				async (rows, delimiter, newline) => {
					const read = await readBytes(encode(csv(rows, delimiter, newline), encoding), {});
					// A doubt is never wrong, but a table with these names and figures leaves none.
					expect([read.verdict, read.reason]).toEqual(['ready', null]);
					expect(read.columns.map(({ name }) => name)).toEqual(rows[0]);
					expect(read.rows.map(({ cells }) => cells)).toEqual(rows.slice(1));
				}
			),
			RUNS
		);
	}
);

test('any table written as XLSX comes back identical', async () => {
	await fc.assert(
		fc.asyncProperty(table, async (rows) => {
			const cells = rows.map((row, i) =>
				row.map((cell, j) => (i > 0 && j > 0 ? Number(cell) : cell))
			);
			const read = await readBytes(zip(workbook(sheetRows(cells))), {});
			expect([read.verdict, read.reason]).toEqual(['ready', null]);
			expect(read.rows.map(({ cells: found }) => found)).toEqual(rows.slice(1));
		}),
		RUNS
	);
});

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

test('a damaged file is answered, never a crash, and what is refused has a reason', async () => {
	const files = fc.oneof(
		fc
			.tuple(table, fc.constantFrom('utf-8', 'utf-16le', 'gb18030'))
			.map(([rows, encoding]) => encode(csv(rows, ',', '\r\n'), encoding)),
		table.map((rows) => zip(workbook(sheetRows(rows))))
	);
	await fc.assert(
		fc.asyncProperty(files, damage, async (bytes, blows) => {
			const read = await readBytes(harm(bytes, blows), {});
			expect(['ready', 'needs_mapping', 'row_errors', 'refused']).toContain(read.verdict);
			if (read.verdict === 'refused' || read.verdict === 'needs_mapping')
				expect(read.reason).not.toBeNull();
		}),
		{ numRuns: 1500, seed: 2026 }
	);
}, 60_000);

test('a file without quotes is read as strict reading reads it', () => {
	const text = fc
		.array(fc.constantFrom('a', '12', '上海', '', ' ', ',', ',', ';', '\n', '\n', '\r\n', '\r'), {
			maxLength: 60
		})
		.map((parts) => parts.join(''));
	fc.assert(
		fc.property(text, fc.constantFrom(',', ';'), fc.boolean(), (written, delimiter, skipFirst) => {
			const dialect = { delimiter, skipFirst, doubtful: false };
			const bytes = Buffer.from(written);
			expect(readCsv(bytes, dialect)).toEqual(readStrictly(bytes, dialect));
		}),
		{ numRuns: 2000, seed: 2026 }
	);
});

test('so is a long one, which is read in pieces', () => {
	const dialect = { delimiter: ',', skipFirst: false, doubtful: false };
	for (const newline of ['\n', '\r\n', '\r']) {
		const bytes = Buffer.from(`上海,${'1'.repeat(90)}${newline}`.repeat(12_000));
		expect(readCsv(bytes, dialect)).toEqual(readStrictly(bytes, dialect));
	}
	const endless = Buffer.from(`a,b\n${'x'.repeat(2_000_000)}\nc,d\n`);
	expect(readCsv(endless, dialect)).toEqual(readStrictly(endless, dialect));
});
