import { openXlsx, readXlsx, saveXlsx } from 'hucre';
import { expect, test, type Page } from '@playwright/test';
import { browserOf, pageOf } from '../people.ts';
import { openOwed } from './filing.ts';

// A clerk's first filing with Excel: from the template to the receipt, with three mistakes on the way.

test.describe.configure({ mode: 'serial' });

let page: Page;
let start: string;
let template: Buffer;
/** The columns to fill in, by the code in the template's second row. */
let columns: Record<string, number>;
let marked: Buffer;
/** Units in the region last period: a jump would ask for an explanation. */
let units: number;

test.beforeAll(async ({ browser }) => {
	page = await pageOf(browser, 'office.dangwei.minhang');
	await openOwed(page);
	start = page.url();
});

test.afterAll(() => page.context().close());

test('an address that names nothing to file leads to what is owed', async () => {
	for (const address of ['/submissions/new', '/submissions/new/form?obligation=']) {
		await page.goto(address);
		await expect(page).toHaveURL(/\/submissions$/);
		await expect(page.getByRole('region', { name: '等您处理' })).toBeVisible();
	}
	await page.goto(start);
});

test('the template knows the clerk’s region, the measures and last period’s values', async () => {
	template = await downloaded('下载 Excel 模板');
	const [sheet] = (await readXlsx(template)).sheets;
	const codes = (sheet?.rows[1] ?? []).map(String);
	columns = Object.fromEntries(codes.map((code, at) => [code, at]));
	expect(codes).toContain('eligible_units');
	expect(sheet?.rows[2]?.[0]).toBe('310112');
	units = Number(sheet?.rows[2]?.[columns['eligible_units previous'] ?? -1]);
	expect(units).toBeGreaterThan(8);
});

test('somebody else’s template is answered with one sentence and the right template', async ({
	browser
}) => {
	const other = await browserOf(browser, 'office.dangwei.changning');
	const list = await (await other.request.get('/submissions')).text();
	const id = /\/submissions\/([0-9a-f-]{36})/.exec(list)?.[1] ?? '';
	const filed = await (await other.request.get(`/submissions/${id}`)).text();
	const obligation = /new\?obligation=([0-9a-f-]{36})/.exec(filed)?.[1] ?? '';
	const theirs = await other.request.get(`/submissions/template/${obligation}?format=xlsx`);
	await send('别人的模板.xlsx', await typing(await theirs.body(), { eligible_units: 5 }));
	await other.close();

	await expect(page.getByRole('main')).toContainText('这是为另一个单位生成的模板');
	await expect(page.getByRole('heading', { name: '有 1 处要改' })).toBeVisible();
	template = await downloaded('下载本单位本期的最新模板');
});

test('a wrong type, a part above its whole and an unknown region are each named by their cell', async () => {
	const wrong = { ...right(), active_units: '很多', region_code: '310199', region_name: '闵航区' };
	await send('季报.xlsx', await typing(template, wrong));
	await expect(page.getByText('没有保存任何内容').first()).toBeVisible();
	await expect(problem('310199')).toContainText('A3');
	await expect(problem('很多')).toBeVisible();

	await send('季报.xlsx', await typing(template, { ...right(), covered_units: units + 1 }));
	await expect(problem(String(units + 1)).first()).toContainText('不应大于');
	marked = await downloaded('下载标出错误的表格');
});

test('the file comes back coloured and commented, and corrected it is filed as it is', async () => {
	const at = columns['covered_units'] ?? -1;
	const [sheet] = (await readXlsx(marked, { readStyles: true })).sheets;
	expect(sheet?.cells?.get(`2,${at}`)?.comment?.text).toContain('不应大于');
	await send('季报（改）.xlsx', await typing(marked, { covered_units: 8 }));
	await expect(page).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/);
	await expect(page.getByText('已收到，等待审核。')).toBeVisible();
});

test('the receipt says what was filed, as a page, as JSON and on one printed page', async () => {
	const link = page.getByRole('link', { name: '下载 JSON 回执' });
	const json = await page.request.get((await link.getAttribute('href')) ?? '');
	const receipt = (await json.json()) as Record<string, unknown>;
	expect(receipt).toMatchObject({ file_name: '季报（改）.xlsx', row_count: 11, version: 1 });
	for (const hash of [receipt.file_sha256, receipt.values_sha256])
		await expect(page.getByRole('main')).toContainText(String(hash));

	await page.getByRole('link', { name: '打印回执' }).click();
	await expect(page.getByRole('button', { name: '打印回执' })).toBeVisible();
	const paper = (await page.pdf({ format: 'A4' })).toString('latin1');
	expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

/** Figures that break no rule. */
function right(): Record<string, number> {
	const measures = Object.keys(columns).filter((code) => columns[`${code} previous`] !== undefined);
	return { ...Object.fromEntries(measures.map((code) => [code, 3])), eligible_units: units };
}

/** The workbook with other values in its third row, by the codes of the second. */
async function typing(bytes: Uint8Array, values: Record<string, string | number>) {
	const book = await openXlsx(bytes);
	const sheet = book.sheets[0];
	const line = sheet?.rows[2] ?? [];
	for (const [code, value] of Object.entries(values)) {
		const at = columns[code] ?? -1;
		line[at] = value;
		const cell = sheet?.cells?.get(`2,${at}`);
		const type = typeof value === 'number' ? ('number' as const) : ('string' as const);
		sheet?.cells?.set(`2,${at}`, { ...cell, value, type });
	}
	return Buffer.from(await saveXlsx(book));
}

async function send(name: string, buffer: Buffer) {
	await page.goto(start);
	const another = page.getByRole('button', { name: '换一个文件' });
	if (await another.isVisible()) await another.click();
	const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
	await page.getByLabel('选择文件，或拖到这里').setInputFiles({ name, mimeType, buffer });
	await page.getByRole('button', { name: '检查并报送' }).click();
}

async function downloaded(link: string): Promise<Buffer> {
	const address = await page.getByRole('link', { name: link }).getAttribute('href');
	return (await page.request.get(address ?? '')).body();
}

function problem(value: string) {
	return page.getByRole('row').filter({ hasText: value });
}
