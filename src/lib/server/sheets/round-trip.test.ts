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

test('a table is found among lines of title, blanks, repeated headers and notes, in every form', async () => {
	const frame = fc.record({
		titles: fc.subarray(['平台用工月报', '2026年3月', '单位：人']),
		blanks: fc.nat(2),
		repeated: fc.boolean(),
		notes: fc.subarray(['注：含兼职人员', '填表人：张三']),
		form: fc.constantFrom('utf-8-bom', 'gb18030', 'utf-16le', 'xlsx')
	});
	await fc.assert(
		fc.asyncProperty(table, frame, async ([names = [], ...data], around) => {
			const { titles, blanks, repeated, notes, form } = around;
			const padded = (text: string) => names.map((_, i) => (i === 0 ? text : ''));
			const above = titles.map(padded).concat(titles.length ? Array(blanks).fill(padded('')) : []);
			const lines = [...above, names, ...data, ...(repeated ? [names, ...data] : [])];
			const all = [...lines, ...notes.map(padded)];
			const header = above.length + 1;
			const figures = (row: string[], i: number) =>
				row.map((cell, j) =>
					cell === '' ? null : j > 0 && i >= header && /^\d+$/.test(cell) ? Number(cell) : cell
				);
			const read = await readBytes(
				form === 'xlsx'
					? zip(workbook(sheetRows(all.map(figures))))
					: encode(csv(all, ',', '\n'), form),
				{}
			);
			expect(read.columns.map(({ name }) => name)).toEqual(names);
			expect(read.sheets[0]).toMatchObject({ header_row: header, header_rows: 1 });
			const filled = all.slice(header);
			const found = read.rows.map(({ cells }) => names.map((_, i) => cells[i] ?? ''));
			expect(found).toEqual(filled);
			const told = read.problems.map(({ rule, cell }) => `${rule}@${cell}`);
			expect(told).toEqual([
				...(titles.length ? [`rows_above_header@A${header}`] : []),
				...(repeated ? [`repeated_header@A${header + data.length + 1}`] : [])
			]);
			expect(read.verdict).toBe(
				titles.length ? 'needs_mapping' : repeated ? 'row_errors' : 'ready'
			);
		}),
		{ numRuns: 300, seed: 2026 }
	);
});
