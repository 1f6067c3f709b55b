import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode } from '../../../../tests/files/encode.ts';
import { csv, table } from '../../../../tests/files/tables.ts';
import { sheetRows, workbook, zip } from '../../../../tests/files/zip.ts';
import { readCsv, readStrictly } from './csv.ts';
import { readBytes } from './read-bytes.ts';

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

test('texts that are marked as such for Excel are the same texts', async () => {
	const text = fc.constantFrom('310115', '浦东新区', 'a,b', 'a"b', 'a\nb', '="x', '12', '');
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
			fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
			async (rows, marks) => {
				const quoted = (one: string) => `"${one.replaceAll('"', '""')}"`;
				const write = (marked: (at: number) => string) =>
					Buffer.from(
						[['甲', '乙', '丙'], ...rows]
							.map((row, i) =>
								row.map((one, j) => (i > 0 ? marked(i * 3 + j - 3) : '') + quoted(one)).join()
							)
							.join('\n')
					);
				const plain = await readBytes(
					write(() => ''),
					{}
				);
				const marked = await readBytes(
					write((at) => (marks[at] ? '=' : '')),
					{}
				);
				expect(marked.rows).toEqual(plain.rows);
				expect(marked.problems).toEqual(plain.problems);
			}
		),
		{ numRuns: 400, seed: 2026 }
	);
	const formula = await readBytes(Buffer.from('a,b\n="x"&A1,2\n3,4\n'), {});
	expect(formula.problems.map(({ rule, cell }) => `${rule}@${cell}`)).toEqual(['stray_quote@A2']);
});
