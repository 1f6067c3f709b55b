import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { pageOf } from '../people.ts';

/** A good two megabytes; that its columns mean nothing here is asked later. */
const file = {
	name: '月报.csv',
	mimeType: 'text/csv',
	buffer: Buffer.from(`地区,人数\n${'浦东新区,12\n'.repeat(130_000)}`)
};

test('an upload that broke off goes on from there, by itself or when the same file is chosen after a reload', async ({
	browser
}) => {
	const page = await pageOf(browser, 'reporter.hewei');
	await page.goto('/submissions');
	const link = page.locator('a[href^="/submissions/new?obligation="]').first();
	const address = (await link.getAttribute('href')) ?? '';
	await page.goto(address);

	// Three parts arrive, then nothing does.
	const offsets: number[] = [];
	await page.route('**/submissions/new/parts/*', async (route) => {
		const offset = route.request().headers()['upload-offset'];
		if (offset !== undefined && offsets.length === 3) return route.abort('connectionreset');
		if (offset !== undefined) offsets.push(Number(offset));
		await route.continue();
	});
	const submit = page.getByRole('button', { name: '检查并报送' });
	await page.getByLabel('选择文件').setInputFiles(file);
	await submit.click();
	await expect(page.getByText('连接中断，正在重试')).toBeVisible();

	await page.reload();
	await page.unroute('**/submissions/new/parts/*');
	const continued: number[] = [];
	await page.route('**/submissions/new/parts/*', async (route) => {
		const offset = route.request().headers()['upload-offset'];
		if (offset !== undefined) continued.push(Number(offset));
		// Slow enough to be read.
		if (continued.length === 1) await expect(page.getByText(/从 \d+% 继续/)).toBeVisible();
		await route.continue();
	});
	await page.getByLabel('选择文件').setInputFiles({ ...file, name: '另存的月报.csv' });
	await submit.click();
	await page.waitForURL(/&upload=[0-9a-f]{32}/);
	await expect(page.getByText('另存的月报.csv').first()).toBeVisible();
	expect(offsets[0]).toBe(0);
	expect(continued[0]).toBe(1.5 * 1024 * 1024);
	// Nothing was sent twice.
	expect(continued).toEqual([...new Set(continued)]);
});

test('a file that is too large is refused before any of it is sent', async ({ browser }) => {
	const page = await pageOf(browser, 'reporter.hewei');
	await page.goto('/submissions');
	await page.locator('a[href^="/submissions/new?obligation="]').first().click();
	const sent: string[] = [];
	page.on('request', (request) => {
		if (request.method() !== 'GET') sent.push(request.url());
	});
	const large = test.info().outputPath(file.name);
	writeFileSync(large, Buffer.alloc(33 * 1024 * 1024, 'a'));
	await page.getByLabel('选择文件').setInputFiles(large);
	await page.getByRole('button', { name: '检查并报送' }).click();
	await expect(page.getByText('文件超过 32 MB')).toBeVisible();
	expect(sent).toEqual([]);

	await page.getByLabel('选择文件').setInputFiles(file);
	await page.getByRole('button', { name: '检查并报送' }).click();
	await page.waitForURL(/&upload=[0-9a-f]{32}/);
});
