import { expect, test, type Page } from '@playwright/test';
import { baseUrl, pageOf } from '../people.ts';
import { openOwed } from './filing.ts';

test.describe.configure({ mode: 'serial' });

let page: Page;
/** Where a file is uploaded, and the columns of its template. */
let start: string;
let header: string[];
let dataset: string;
let period: string;

test.beforeAll(async ({ browser }) => {
	page = await pageOf(browser, 'office.linli');
	await openOwed(page);
	const link = await page.getByRole('link', { name: '下载 CSV 模板' }).getAttribute('href');
	const template = await page.request.get(link ?? '');
	[, dataset = '', period = ''] =
		/filename="([a-z_]+)-([^"]+)-demo\.csv"/.exec(
			template.headers()['content-disposition'] ?? ''
		) ?? [];
	const [first = ''] = (await template.text()).replace('\ufeff', '').split(/\r?\n/);
	header = first.split(',');
	start = page.url();
});

test.afterAll(() => page.context().close());

test('a clerk sees a thousand of nine thousand problems and their true number, and the API says the same', async ({
	playwright
}) => {
	const file = fileOf(3000);
	await page.goto('/members/keys');
	await page.getByLabel('名称').fill('报送系统');
	await page.getByRole('checkbox', { name: '报送数据' }).check();
	await page.getByRole('button', { name: '新建密钥' }).click();
	const key = await page.getByLabel('密钥', { exact: true }).inputValue();
	const system = await playwright.request.newContext({
		baseURL: baseUrl(),
		extraHTTPHeaders: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' }
	});
	const refused = await system.post(`/api/v1/submissions?dataset=${dataset}&period=${period}`, {
		data: file.buffer
	});
	expect(refused.status()).toBe(422);
	const answer = (await refused.json()) as {
		problem_count: number;
		problems: { cell: string; message: string }[];
	};
	await system.dispose();

	await upload(file);
	await expect(page.getByRole('heading', { name: '有 9000 处要改' })).toBeVisible();
	const listed = await lines().evaluateAll((rows) =>
		rows.map((row) => ({
			cell: row.querySelector('[id^="problem-"]')?.textContent.trim(),
			message: row.querySelector('[id^="message-"]')?.textContent.trim()
		}))
	);
	expect(answer.problem_count).toBe(9000);
	expect(answer.problems).toHaveLength(1000);
	expect(listed).toEqual(answer.problems.map(({ cell, message }) => ({ cell, message })));
	expect(listed.slice(0, 4).map(({ cell }) => cell)).toEqual(['A2:A3001', 'E2', 'G2:G3001', 'E3']);
});

test('a clerk finds problems by kind, column, cell and content without losing what was typed', async () => {
	await page.getByRole('button', { name: '换一个文件' }).click();
	await upload(fileOf(60));
	await expect(page.getByRole('heading', { name: '有 180 处要改' })).toBeVisible();
	const rows = lines().filter({ visible: true });
	const status = page.getByRole('status').filter({ hasText: '条' });
	const kind = page.getByRole('combobox', { name: '问题类型' });
	await page.getByLabel('E2 的正确值').fill('7');
	const address = page.url();
	await kind.focus();
	await kind.selectOption('number_unclear');
	await expect(status).toContainText('显示 30 / 62 条');
	await expect(rows).toHaveCount(30);
	await expect(kind).toBeFocused();
	await expect(kind.locator('option[value=negative]')).toContainText('（31）');

	const text = page.getByLabel('单元格或内容');
	await text.fill('E2');
	await expect(page.getByText('没有符合条件的问题')).toBeVisible();
	await expect(rows).toHaveCount(0);
	await kind.selectOption('');
	await expect(rows).toHaveCount(1);
	await expect(page.getByLabel('E2 的正确值')).toHaveValue('7');
	await text.fill('g17');
	await expect(rows).toHaveText([/G2:G61/]);
	await text.fill('很多');
	await expect(rows).toHaveCount(30);

	await page.emulateMedia({ media: 'print' });
	await expect(kind).toBeHidden();
	await expect(rows).toHaveCount(62);
	await page.emulateMedia({ media: null });
	await page.getByRole('button', { name: '清除筛选' }).click();
	await expect(rows).toHaveCount(62);
	expect(page.url()).toBe(address);
});

test('a clerk goes from problem to problem and to its field and back by keyboard', async () => {
	const at = (cell: string) => page.locator('[id^="problem-"]').getByText(cell, { exact: true });
	const focused = page.locator(':focus');
	await page.getByRole('heading', { level: 1 }).click();
	// From E2, where something was typed.
	for (const [key, cell] of [
		['p', 'A2:A61'],
		['n', 'E2'],
		['n', 'G2:G61'],
		['n', 'E3']
	] as const) {
		await page.keyboard.press(key);
		await expect(focused).toHaveText(cell);
		await expect(focused).toBeInViewport();
	}
	await page.keyboard.press('Enter');
	await expect(page.getByLabel('E3 的正确值')).toBeFocused();
	await page.keyboard.press('End');
	await page.keyboard.type('np');
	await expect(page.getByLabel('E3 的正确值')).toHaveValue('很多np');
	await page.getByLabel('E3 的正确值').fill('8');
	await page.keyboard.press('Escape');
	await expect(focused).toHaveText('E3');
	await page.keyboard.press('p');
	await expect(focused).toHaveText('G2:G61');
	await page.getByRole('button', { name: '下一处' }).click();
	await expect(focused).toHaveText('E3');

	// From the summary to the first of a kind.
	const summary = page.getByRole('list', { name: '按问题类型' });
	await summary.getByRole('link', { name: /看不懂/ }).click();
	await expect(focused).toHaveText('E3');
	await summary.getByRole('link', { name: /填报范围/ }).click();
	await expect(focused).toHaveText('A2:A61');
	await expect(at('E3')).toBeVisible();

	// What is filtered out is corrected all the same.
	await page.getByRole('combobox', { name: '问题类型' }).selectOption('region_outside');
	await page.getByRole('button', { name: '检查并报送' }).click();
	await expect(page.getByText('已在页面上更正 2 个单元格。')).toBeVisible();
	await expect(page.getByRole('heading', { name: '有 178 处要改' })).toBeVisible();
});

test('on a phone nothing is cut off', async () => {
	await page.setViewportSize({ width: 375, height: 812 });
	const region = page.getByRole('region', { name: /处要改/ });
	expect(await region.evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
	await page.getByRole('button', { name: '下一处' }).click();
	await expect(page.locator(':focus')).toBeInViewport();
	await expect(page.getByRole('button', { name: '下一处' })).toBeInViewport();
});

/** Rows of a division elsewhere, one column wrong in turn, another always in the same way. */
function fileOf(count: number) {
	const rows = Array.from({ length: count }, (_, row) =>
		header.map((name, at) => {
			if (name === '行政区划代码') return '999999';
			if (!header[at + 1]?.endsWith('上期值')) return '';
			return at === 4 ? ['-1', '很多'][row % 2] : at === 6 ? '-3' : '5';
		})
	);
	const text = [header, ...rows].map((cells) => cells.join(',')).join('\r\n');
	return { name: '月报.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
}

async function upload(file: ReturnType<typeof fileOf>): Promise<void> {
	await page.goto(start);
	await page.getByLabel('选择文件').setInputFiles(file);
	await page.getByRole('button', { name: '检查并报送' }).click();
}

function lines() {
	return page.getByRole('region', { name: /处要改/ }).locator('tbody tr');
}
