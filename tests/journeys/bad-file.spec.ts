import { expect, test, type Page } from '@playwright/test';
import { encode } from '../files/encode.ts';
import { zip } from '../files/zip.ts';
import { pageOf } from '../people.ts';

test.describe.configure({ mode: 'serial' });

let page: Page;
/** Where a file for the month is uploaded. */
let start: string;
/** The template of the month, header and the one row of this office, as cells. */
let header: string[];
let filled: string[];

test.beforeAll(async ({ browser }) => {
	page = await pageOf(browser, 'officer.xinhua');
	await page.goto('/submissions');
	await waiting(page).click();
	await expect(page).toHaveURL(/obligation=/);
	start = page.url();
	const link = await page.getByRole('link', { name: '下载 CSV 模板' }).getAttribute('href');
	const template = await (await page.request.get(link ?? '')).text();
	const [names = [], row = []] = template
		.replace('\ufeff', '')
		.trimEnd()
		.split(/\r?\n/)
		.map((line) => line.split(','));
	header = names;
	filled = row.map((cell, at) => (isMeasure(at) ? (row[at + 1] ?? '') : cell));
});

test.afterAll(() => page.context().close());

test('a clerk hears that a web page is no spreadsheet, and that nothing was saved', async () => {
	await send(
		'报表.xlsx',
		Buffer.from('<html><body><table><tr><td>17</td></tr></table></body></html>')
	);
	await expect(nothingSaved()).toBeVisible();
	await expect(page.getByRole('main')).toContainText('这其实是一个网页文件');
});

test('a clerk hears that the chosen file is empty, not that none was chosen', async () => {
	await send('报表.csv', Buffer.alloc(0));
	await expect(page.getByRole('main')).toContainText('这个文件是空的');
	await expect(page.getByRole('main')).not.toContainText('请先选择一个文件');
});

test('a clerk hears that a workbook with macros is not read', async () => {
	const types =
		'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';
	const book = zip([
		{ name: '[Content_Types].xml', data: types },
		{ name: 'xl/workbook.xml', data: '<workbook/>' },
		{ name: 'xl/vbaProject.bin', data: Buffer.alloc(64, 7) }
	]);
	await send('报表.xlsx', book);
	await expect(nothingSaved()).toBeVisible();
	await expect(page.getByRole('main')).toContainText('含有宏');
});

test('a clerk whose file is in no encoding one can trust is asked, and nothing is guessed', async () => {
	const lines = [header.join(','), filled.join(',')];
	const torn = Buffer.concat([
		encode(`${lines[0]}\r\n`, 'gb18030'),
		Buffer.from(`${lines[1]}\r\n新华路`, 'utf8').subarray(0, -1)
	]);
	await send('报表.csv', torn);
	await expect(nothingSaved()).toBeVisible();
	await expect(page.getByRole('main')).toContainText('没有把握的地方不会自行猜测');
});

test('a clerk sees three kinds of wrong cells, each by its address, and nothing was saved', async () => {
	const wrong = filled.with(4, '很多').with(6, '-3').with(12, '');
	await send('报表.csv', csv(wrong));
	await expect(nothingSaved()).toBeVisible();
	await expect(page.getByRole('heading', { name: '有 3 处要改' })).toBeVisible();
	for (const [cell, words] of [
		['E2', '很多'],
		['G2', '-3'],
		['M2', '没有填写']
	] as const) {
		const row = page.getByRole('row').filter({ has: page.getByText(cell, { exact: true }) });
		await expect(row).toContainText(words);
	}

	await page.goto('/submissions');
	await expect(waiting(page)).toBeVisible();
});

test('the corrected file is receipted; the same file again brings the first receipt', async () => {
	await send('报表.csv', csv(filled));
	await expect(page).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/);
	await expect(page.getByText('已收到，等待审核。')).toBeVisible();
	const first = new URL(page.url()).pathname;

	await expect(page.getByRole('link', { name: '报送新版本' })).toBeVisible();
	await send('报表 副本.csv', csv(filled));
	await expect(page).toHaveURL(/\?repeated/);
	await expect(page.getByText('这个文件已经报送过，没有重复保存。')).toBeVisible();
	expect(new URL(page.url()).pathname).toBe(first);
	await expect(page.getByText('第 1 版').first()).toBeVisible();
});

/** A column of figures: the one after it holds last month's. */
function isMeasure(at: number): boolean {
	return header[at + 1]?.endsWith('上期值') ?? false;
}

function csv(row: string[]): Buffer {
	return encode(`${header.join(',')}\r\n${row.join(',')}\r\n`, 'gb18030');
}

async function send(name: string, buffer: Buffer): Promise<void> {
	const mimeType = name.endsWith('.csv') ? 'text/csv' : 'application/octet-stream';
	await page.goto(start);
	// A file with open questions is kept for a day.
	const another = page.getByRole('button', { name: '换一个文件' });
	if (await another.isVisible()) await another.click();
	await page.getByLabel('选择文件，或拖到这里').setInputFiles({ name, mimeType, buffer });
	await page.getByRole('button', { name: '检查并报送' }).click();
}

function nothingSaved() {
	return page.getByRole('main').getByText('没有保存任何内容');
}

function waiting(from: Page) {
	return from
		.getByRole('region', { name: '等您处理' })
		.getByRole('link', { name: '报送', exact: true });
}
