import { createCipheriv } from 'node:crypto';
import { expect, test } from 'vitest';
import { sheetRows, workbook, zip } from '../../../../tests/files/zip.ts';
import { encode } from '../../../../tests/files/encode.ts';
import { read as readInThread } from '#lib/server/sheets.ts';
import { readBytes } from './read-bytes.ts';

const read = (bytes: Buffer) => readBytes(bytes, {});

const GOOD = sheetRows([
	['code', 'riders'],
	['310115', 12]
]);

/** Without the thread around it, and in computing time: the tests share their machine. */
async function refusal(bytes: Buffer) {
	const before = process.cpuUsage();
	const table = await readBytes(bytes, {});
	const { user, system } = process.cpuUsage(before);
	const rule = table.verdict === 'refused' ? table.reason?.rule : table.verdict;
	return { rule, took: (user + system) / 1000 };
}

test('a sound workbook made by hand is read', async () => {
	const table = await read(zip(workbook(GOOD)));
	expect(table.verdict).toBe('ready');
	expect(table.rows).toEqual([{ row: 2, cells: ['310115', '12'], kinds: 'sn' }]);
});

/** Bytes that no compression makes shorter, the same ones each time. */
function noise(length: number): Buffer {
	return createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(
		Buffer.alloc(length)
	);
}

const ENTITIES = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(10)}">]>`;
const hostile: [string, string, () => Buffer][] = [
	[
		'a bomb of 300 MB',
		'zip_bomb',
		() => zip(workbook(GOOD, { 'xl/media/big.xml': Buffer.alloc(300_000_000) }))
	],
	[
		'many middling bombs',
		'zip_bomb',
		() =>
			zip([
				...workbook(GOOD),
				...Array.from({ length: 60 }, (_, i) => ({
					name: `xl/media/${i}.bin`,
					data: Buffer.alloc(8_000_000)
				}))
			])
	],
	[
		'small bombs beside a picture that hardly shrinks',
		'zip_bomb',
		() =>
			zip([
				...workbook(GOOD, { 'xl/media/noise.bin': noise(3_000_000) }),
				...Array.from({ length: 30 }, (_, i) => ({
					name: `xl/worksheets/more${i}.xml`,
					data: '<row></row>'.repeat(700_000)
				}))
			])
	],
	[
		'a million styles',
		'damaged_workbook',
		() =>
			zip(
				workbook(GOOD, {
					'xl/styles.xml': `<styleSheet><cellXfs>${Array.from({ length: 1_000_000 }, (_, i) => `<xf numFmtId="${i % 163}"/>`).join('')}</cellXfs></styleSheet>`
				})
			)
	],
	[
		'an error in every cell',
		'too_many_problems',
		() => Buffer.from(`a,b,c,d\n${'#REF!,#REF!,#REF!,#REF!\n'.repeat(200_000)}`)
	],
	[
		'a part longer than it says',
		'damaged_workbook',
		() =>
			zip(
				workbook(GOOD).map((part) =>
					part.name.includes('sheet1') ? { ...part, claimedSize: 40 } : part
				)
			)
	],
	[
		'a part shorter than it says',
		'damaged_workbook',
		() =>
			zip(
				workbook(GOOD).map((part) =>
					part.name.includes('sheet1') ? { ...part, claimedSize: 4_000_000 } : part
				)
			)
	],
	[
		'a part in which a digit was changed',
		'damaged_workbook',
		() =>
			zip(
				workbook(GOOD).map((part) =>
					part.name.includes('sheet1') ? { ...part, claimedChecksum: 1 } : part
				)
			)
	],
	[
		'a part that climbs out',
		'damaged_workbook',
		() => zip([...workbook(GOOD), { name: '../../etc/passwd', data: 'x' }])
	],
	['the same part twice', 'damaged_workbook', () => zip([...workbook(GOOD), ...workbook(GOOD)])],
	[
		'thousands of parts',
		'too_many_parts',
		() =>
			zip([
				...workbook(GOOD),
				...Array.from({ length: 3000 }, (_, i) => ({ name: `xl/${i}.bin`, data: '' }))
			])
	],
	[
		'entities in the sheet',
		'xml_entities',
		() =>
			zip(
				workbook('', {
					'xl/worksheets/sheet1.xml': `<?xml version="1.0"?>${ENTITIES}<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`
				})
			)
	],
	[
		'an outside entity in the texts',
		'xml_entities',
		() =>
			zip(
				workbook(GOOD, { 'xl/sharedStrings.xml': '<!DOCTYPE x SYSTEM "file:///etc/passwd"><sst/>' })
			)
	],
	[
		'entities in a part nobody reads',
		'xml_entities',
		() => zip(workbook(GOOD, { 'docProps/core.xml': `${ENTITIES}<x/>` }))
	],
	[
		'entities behind a long comment',
		'xml_entities',
		() =>
			zip(
				workbook(GOOD, {
					'xl/sharedStrings.xml': `<!--${'x'.repeat(200_000)}--><!DOCTYPE x [<!ENTITY a "b">]><sst/>`
				})
			)
	],
	['macros', 'macros', () => zip(workbook(GOOD, { 'xl/vbaProject.bin': 'x' }))],
	[
		'links to other workbooks',
		'external_links',
		() => zip(workbook(GOOD, { 'xl/externalLinks/externalLink1.xml': '<x/>' }))
	],
	[
		'an encrypted entry',
		'password_protected',
		() => zip(workbook(GOOD).map((part) => ({ ...part, flags: 0x801 })))
	],
	[
		'a cell in the last column',
		'too_many_columns',
		() =>
			zip(
				workbook(
					'<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row></sheetData>'
				)
			)
	],
	[
		'a row beyond the last',
		'damaged_workbook',
		() =>
			zip(workbook('<sheetData><row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData>'))
	],
	[
		'a cell twice',
		'damaged_workbook',
		() =>
			zip(
				workbook(
					'<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row></sheetData>'
				)
			)
	],
	...(
		[
			['a cell with two values', ['<v>12</v>', '<v>1</v><v>2</v>']],
			['a cell in a cell', ['<v>12</v>', '<v>12</v><c><v>3</v></c>']],
			['a cell outside the rows', ['</sheetData>', '<c><v>3</v></c></sheetData>']],
			['a row in a row', ['</row></sheetData>', '<row r="3"/></row></sheetData>']],
			['rows in two places', ['</sheetData>', '</sheetData><sheetData/>']]
		] as [string, [string, string]][]
	).map(([name, [before, after]]): (typeof hostile)[number] => [
		name,
		'damaged_workbook',
		() => zip(workbook(GOOD.replace(before, after)))
	]),
	[
		'a sheet that is listed and not there',
		'damaged_workbook',
		() =>
			zip(
				workbook(GOOD).map((part) => ({
					...part,
					data: String(part.data).replace('<sheets>', '<sheets><sheet name="B" r:id="r9"/>')
				}))
			)
	],
	[
		'a text that does not exist',
		'damaged_workbook',
		() => zip(workbook('<sheetData><row r="1"><c r="A1" t="s"><v>5</v></c></row></sheetData>'))
	],
	[
		'XML nested a million times',
		'damaged_workbook',
		() => zip(workbook(`<sheetData>${'<a>'.repeat(1_000_000)}`))
	],
	[
		'XML that breaks off',
		'damaged_workbook',
		() => zip(workbook('<sheetData><row r="1"><c r="A1"><v>1'))
	],
	['a workbook cut in half', 'damaged_workbook', () => zip(workbook(GOOD)).subarray(0, 700)],
	[
		'one long text, a million times',
		'too_much_text',
		() =>
			zip(
				workbook(
					`<sheetData>${Array.from({ length: 60_000 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>0</v></c></row>`).join('')}</sheetData>`,
					{
						'xl/_rels/workbook.xml.rels':
							'<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
						'xl/sharedStrings.xml': `<sst><si><t>${'长'.repeat(30_000)}</t></si></sst>`
					}
				)
			)
	],
	[
		'a web page called .xls',
		'html_file',
		() => Buffer.from('<html><table><tr><td>1</td></tr></table></html>')
	],
	[
		'a web page behind a byte order mark',
		'html_file',
		() => Buffer.from('\ufeff <!DOCTYPE html><html></html>')
	],
	[
		'an XML spreadsheet',
		'xml_spreadsheet',
		() => Buffer.from('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')
	],
	[
		'a web page in UTF-16',
		'html_file',
		() => encode('<html><table><tr><td>1</td></tr></table></html>', 'utf-16be')
	],
	[
		'a web page behind a comment',
		'html_file',
		() => Buffer.from('\r\n<!-- OA -->\r\n<table><tr><td>1</td></tr></table>')
	],
	[
		'a web page that calls itself XML',
		'html_file',
		() =>
			Buffer.from(
				'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><table/></html>'
			)
	],
	['rows of a web page', 'html_file', () => Buffer.from('<tr><td>1</td><td>2</td></tr>')],
	[
		'a web page with its pictures in one file',
		'html_file',
		() =>
			Buffer.from(
				'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n\r\n<html/>'
			)
	],
	[
		'an XML spreadsheet with prefixes',
		'xml_spreadsheet',
		() => Buffer.from('<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"/>')
	],
	[
		'a flat OpenDocument file',
		'opendocument',
		() => Buffer.from('<?xml version="1.0"?>\n<office:document xmlns:office="urn:x"/>')
	],
	['any other XML', 'xml_file', () => Buffer.from('<?xml version="1.0"?>\n<data><row/></data>')],
	[
		'SYLK',
		'old_exchange_file',
		() => Buffer.from('ID;PWXL;N;E\r\nC;Y1;X1;K"region"\r\nC;Y1;X2;K12\r\nE\r\n')
	],
	[
		'DIF',
		'old_exchange_file',
		() => Buffer.from('TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,2\r\n""\r\n')
	],
	['JSON in lines', 'json_file', () => Buffer.from('{"a": 1}\n{"a": 2}\n')],
	['an archive of a CSV', 'archive_file', () => zip([{ name: 'data.csv', data: 'a,b' }])],
	['a PDF', 'pdf_file', () => Buffer.from('%PDF-1.7 …')],
	['a picture', 'picture_file', () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
	['JSON', 'json_file', () => Buffer.from('[{"a": 1}]')],
	[
		'noise',
		'binary_file',
		() => Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 * 31) % 251))
	],
	['nothing', 'empty_file', () => Buffer.alloc(0)],
	['blank lines', 'empty_file', () => Buffer.from('\r\n\r\n  \r\n')],
	['a header alone', 'no_data_rows', () => Buffer.from('code,riders\n')],
	[
		'a CSV of a million columns',
		'too_many_columns',
		() => Buffer.from('a'.concat(',a'.repeat(100_000), '\n'))
	],
	['a CSV of too many rows', 'too_many_rows', () => Buffer.from('a,b\n'.repeat(300_000))]
];

test.each(hostile)(
	'%s is refused at once: %s',
	async (_, rule, make) => {
		const found = await refusal(make());
		expect(found.rule).toBe(rule);
		expect(found.took).toBeLessThan(1500);
	},
	20_000
);

test('a million declared rows cost nothing when they are not there', async () => {
	const lying = `<dimension ref="A1:XFD1048576"/>${GOOD}`;
	expect((await read(zip(workbook(lying)))).verdict).toBe('ready');
});

test.each([
	[
		'two thousand cells that touch no other',
		Array.from({ length: 150_000 }, (_, i) => (i < 2000 ? i * 2 + 1 : i + 2001)),
		'<c><v>1</v></c>'
	],
	[
		'a hundred thousand rows of blanks above the first figure',
		Array.from({ length: 100_000 }, (_, i) => i + 1),
		'<c t="str"><v> </v></c>'
	]
])('%s are read in time', async (_, numbers, cell) => {
	const rows = numbers.map((row) => `<row r="${row}">${cell}</row>`).join('');
	const last = `<row r="900000"><c><v>1</v></c><c><v>2</v></c></row>`;
	const { took, rule } = await refusal(zip(workbook(`<sheetData>${rows}${last}</sheetData>`)));
	expect(['ready', 'row_errors']).toContain(rule);
	expect(took).toBeLessThan(3000);
});

test('one stray cell far below is an error, not a million rows', async () => {
	const stray = GOOD.replace(
		'</sheetData>',
		'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
	);
	const table = await read(zip(workbook(stray)));
	expect(table.verdict).toBe('row_errors');
	expect(table.problems[0]?.rule).toBe('blank_row');
	expect(table.rows).toHaveLength(2);
});

test('a file that takes too long is stopped', async () => {
	const slow = Buffer.from('a,b\n'.repeat(200_000));
	const table = await readInThread(slow, { patience: 1 });
	expect(table).toMatchObject({ verdict: 'refused', reason: { rule: 'too_slow' } });
});

test('text in an encoding nobody can be sure of is asked about', async () => {
	const questions = async (bytes: Buffer) => {
		const table = await read(bytes);
		return [table.verdict, table.reason?.rule];
	};
	expect(await questions(encode('nom,ville\nRenée,Besançon\nJosé,Mérida\n', 'latin1'))).toEqual([
		'needs_mapping',
		'which_encoding'
	]);
	const korean = Buffer.from([
		0xb0, 0xa1, 0xb3, 0xaa, 0x2c, 0xb4, 0xd9, 0xb6, 0xf3, 0x0a, 0xb8, 0xb6, 0xb9, 0xd9, 0x2c, 0xbb,
		0xe7, 0xbe, 0xc6, 0x0a
	]);
	expect(await questions(korean)).toEqual(['needs_mapping', 'which_encoding']);
	const damaged = encode('地区,人数\n浦东新区,12\n黄浦区,8\n', 'utf-8');
	damaged[20] = 0xff;
	expect(await questions(damaged)).toEqual(['needs_mapping', 'which_encoding']);
	const unmarked = encode('地区,人数\n浦东新区,12\n', 'utf-16le').subarray(2);
	expect(await questions(unmarked)).toEqual(['needs_mapping', 'which_encoding']);
	// 一 and the wide space have a zero where Latin letters have none.
	for (const encoding of ['utf-16le', 'utf-16be']) {
		const text = '地区,人数,说明\n浦东新区,12,一季度　已核对\n黄浦区,9,一切正常\n';
		const read = await readBytes(encode(text, encoding).subarray(2), {});
		expect([read.reason?.rule, read.encoding]).toEqual(['which_encoding', encoding]);
	}
});

test('a delimiter that could be another is asked about', async () => {
	expect((await read(Buffer.from('a,b;c\n1,2;3\n4,5;6\n'))).reason?.rule).toBe('which_delimiter');
	expect((await read(Buffer.from('a;b\n1,5;2\n3,5;4\n'))).delimiter).toBe(';');
	const declared = await read(Buffer.from('sep=;\r\na;b\r\n1;2\r\n'));
	expect(declared).toMatchObject({
		verdict: 'ready',
		delimiter: ';',
		rows: [{ row: 3, cells: ['1', '2'] }]
	});
});

test('a quote that is never closed is named at its cell, and the rows after it are still read', async () => {
	const table = await read(Buffer.from('a,b\n1,2\n3,"4\n5,6\n7,8\n'));
	expect(table.verdict).toBe('row_errors');
	expect(table.problems.map(({ rule, cell }) => [rule, cell])).toEqual([['unclosed_quote', 'B3']]);
	expect(table.rows.map(({ row }) => row)).toEqual([2, 4, 5]);
});

test('an error cell, a formula without result and lost text are errors at their cells', async () => {
	const rows =
		'<sheetData><row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row><row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="B2"><v>1</v></c></row><row r="3"><c r="A3"><f>1+1</f></c><c r="B3"><v>2</v></c></row></sheetData>';
	const table = await read(zip(workbook(rows)));
	expect(table.problems.map(({ rule, cell }) => [rule, cell])).toEqual([
		['error_cell', 'A2'],
		['formula_without_value', 'A3']
	]);
	const calculated = (cell: string, later = '') =>
		read(
			zip(
				workbook(GOOD.replace(/<c r="B2">.*?<\/c>/, cell)).map((part) => ({
					...part,
					data: String(part.data).replace('</workbook>', `${later}</workbook>`)
				}))
			)
		);
	const later = '<calcPr fullCalcOnLoad="1"/>';
	const found = await Promise.all([
		calculated('<c r="B2"><f>6*2</f><v></v></c>'),
		// What programs write that cannot calculate.
		calculated('<c r="B2"><f>6*2</f><v>0</v></c>', later),
		calculated('<c r="B2"><f>6*2</f><v>12</v></c>', later),
		calculated('<c r="B2"><f>6-6</f><v>0</v></c>'),
		calculated('<c r="B2" t="str"><f>IF(1,"")</f><v></v></c>')
	]);
	expect(found.map(({ problems, rows }) => problems[0]?.rule ?? rows[0]?.cells[1])).toEqual([
		'formula_without_value',
		'formula_without_value',
		'12',
		'0',
		undefined
	]);
	const lost = await read(Buffer.from('地区,人数\n锟斤拷,3\n'));
	expect(lost.problems[0]).toMatchObject({ rule: 'lost_characters', cell: 'A2' });
});

test('a cell is what its type says, and a day that of a calendar', async () => {
	const cells = [
		['<v>1</v><is><t>200</t></is>', '1'],
		['<v>0x1F</v>', 'error_cell'],
		['<v>1e400</v>', 'error_cell'],
		['<v>-0</v>', '0'],
		['<v>1.2E3</v>', '1200']
	];
	for (const [cell = '', shown] of cells) {
		const { problems, rows } = await read(zip(workbook(GOOD.replace('<v>12</v>', cell))));
		expect(problems[0]?.rule ?? rows[0]?.cells[1]).toBe(shown);
	}
	for (const written of ['2026-03-01', '2026-03-01T00:00:00', '2026-03-01T00:00:00.000Z']) {
		const day = GOOD.replace('<c r="B2"><v>12', `<c r="B2" t="d"><v>${written}`);
		expect((await read(zip(workbook(day)))).rows[0]?.cells[1]).toBe('2026-03-01');
	}
});

const NAMES = ['地区', '在册人数', '参保人数'];
const FIGURES: [string, number, number][] = [
	['浦东新区', 12, 8],
	['黄浦区', 9, 5]
];

/** What is asked, where the header is and what the columns are called. */
async function header(rows: (string | number | null)[][], merged = '', before = '') {
	const areas = merged.split(' ').filter(Boolean);
	const merges = areas.map((area) => `<mergeCell ref="${area}"/>`).join('');
	const table = await read(
		zip(workbook(`${before}${sheetRows(rows)}<mergeCells>${merges}</mergeCells>`))
	);
	const [sheet] = table.sheets;
	return {
		asked: table.problems.map(({ rule, cell }) => `${rule}@${cell}`),
		header: [sheet?.header_row, sheet?.header_rows],
		columns: sheet?.columns,
		rows: table.rows.map(({ cells }) => cells.join())
	};
}

test('headers of several rows are found where their cells are merged, and asked about', async () => {
	const read = {
		columns: ['地区', '人员 · 在册人数', '人员 · 参保人数'],
		rows: ['浦东新区,12,8', '黄浦区,9,5']
	};
	const group = [['地区', '人员', null], [null, '在册人数', '参保人数'], ...FIGURES];
	expect(await header(group, 'A1:A2 B1:C1')).toEqual({
		...read,
		asked: ['merged_header@A1'],
		header: [1, 2]
	});
	// The group is wider than what names it, below a title.
	expect(await header([['月报', null, null], ...group], 'A1:C1 A2:A3 B2:C2')).toEqual({
		...read,
		asked: ['rows_above_header@A2', 'merged_header@A2'],
		header: [2, 2]
	});
	expect(
		await header(
			[['地区', '用工', null], [null, '人员', null], [null, '在册人数', '参保人数'], ...FIGURES],
			'A1:A3 B1:C1 B2:C2'
		)
	).toMatchObject({
		header: [1, 3],
		columns: ['地区', '用工 · 人员 · 在册人数', '用工 · 人员 · 参保人数']
	});
	expect(await header([NAMES, ['', '人', '人'], ...FIGURES])).toMatchObject({
		asked: ['second_header_row@A1'],
		header: [1, 2],
		columns: ['地区', '在册人数 · 人', '参保人数 · 人']
	});
	// Not known is data.
	for (const [place, figure] of [
		['徐汇区', '—'],
		['徐汇区', '未采集'],
		['徐汇区', '人'],
		[null, '无']
	] as const) {
		const found = await header([NAMES, [place, figure, figure], ...FIGURES]);
		expect(found.header).toEqual([1, 1]);
	}
});

test('a small table below three lines of title is found', async () => {
	const titles = [['平台用工月报'], ['2026年3月'], ['单位：人']];
	expect(await header([...titles, NAMES, ...FIGURES], 'A1:C1')).toMatchObject({
		asked: ['rows_above_header@A4'],
		header: [4, 1],
		columns: NAMES
	});
});

test('a group in a text file reaches over the columns beside it', async () => {
	const table = await read(
		Buffer.from('地区,上年同期,,备注\n,在册人数,参保人数,\n浦东新区,12,8,\n黄浦区,9,5,\n')
	);
	expect(table.sheets[0]?.columns).toEqual([
		'地区',
		'上年同期 · 在册人数',
		'上年同期 · 参保人数',
		'备注'
	]);
});

test('a text merged over rows belongs to each of them, and what lies beneath is told', async () => {
	const rows = [
		['地区', '职业', '在册人数'],
		['浦东新区', '骑手', 12],
		[null, '快递员', 9],
		['黄浦区', '骑手', 5]
	];
	expect((await header(rows, 'A2:A3')).rows).toEqual([
		'浦东新区,骑手,12',
		'浦东新区,快递员,9',
		'黄浦区,骑手,5'
	]);
	const beneath = await header(
		rows.map(([place, ...rest]) => [place ?? '徐汇区', ...rest]),
		'A2:A3'
	);
	expect(beneath.asked).toEqual(['covered_cell@A3']);
	// A figure stands once: nobody can say whose it is.
	const figure = await header([NAMES, ['浦东新区', 12, 8], ['黄浦区', null, 5]], 'B2:B3');
	expect(figure.rows).toEqual(['浦东新区,12,8', '黄浦区,,5']);
});

test('what is hidden or filtered away is asked about, and read once that is confirmed', async () => {
	const rows = sheetRows([NAMES, ...FIGURES]);
	const hidden = rows.replace('<row r="3">', '<row r="3" hidden="1">');
	const question = async (data: string, sheet?: string) => {
		const { problems } = await readBytes(zip(workbook(data)), sheet ? { sheet } : {});
		return problems.map(({ rule, cell }) => `${rule}@${cell}`);
	};
	expect(await question(hidden)).toEqual(['hidden_cells@A3']);
	expect(await question(hidden, 'Sheet1')).toEqual([]);
	const columns =
		'<cols><col min="2" max="2" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>';
	expect(await question(columns + rows)).toEqual(['hidden_cells@B2']);
	expect(await question('<cols><col min="9" max="16384" hidden="1"/></cols>' + rows)).toEqual([]);
});

test.each([
	[
		'a header that is repeated on each page',
		'地区,人数\n浦东新区,12\n地区,人数\n黄浦区,9\n',
		'repeated_header@A3'
	],
	[
		'two files in one',
		'\ufeff地区,人数\n浦东新区,12\n\ufeff地区,人数\n黄浦区,9\n',
		'repeated_header@A3'
	],
	['a name that was lost', '地区,人\ufffd\n浦东新区,12\n', 'lost_characters@B1'],
	[
		'a control character',
		'地区,备注\n浦东新区,甲\u0001乙，本月在册人数与上月相同\n',
		'control_character@B2'
	]
])('%s is told', async (_, text, told) => {
	const { verdict, problems } = await read(Buffer.from(text));
	expect(verdict).toBe('row_errors');
	expect(problems.map(({ rule, cell }) => `${rule}@${cell}`)).toEqual([told]);
});

test('half a character is told, and a remark with braces is no template', async () => {
	const remark = (text: string) =>
		read(zip(workbook(GOOD.replace('<c r="B2"><v>12</v>', `<c r="B2" t="str"><v>${text}</v>`))));
	expect((await remark('甲_xD83D_乙')).problems[0]?.rule).toBe('lost_characters');
	expect((await remark('甲_xD83D__xDE00_乙')).rows[0]?.cells[1]).toBe('甲😀乙');
	expect((await remark('已联系{张三}')).verdict).toBe('ready');
	expect((await remark('{.workers}')).reason?.rule).toBe('template_unfilled');
});
