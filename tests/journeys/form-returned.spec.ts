import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { browserOf, pageOf } from '../people.ts';

// A filing came back with a marked cell: the office corrects it on the page, and nothing else.

test.describe.configure({ mode: 'serial' });

let context: BrowserContext;
let page: Page;
let corrected: string;
/** The marked value as it was filed, and what it should have been. */
let wrong: string;
let right: string;

test.beforeAll(async ({ browser }) => {
	context = await browserOf(browser, 'officer.lujiazui');
	page = await context.newPage();
});

test.afterAll(() => context.close());

test('the form opens only the cells that came back, with the reason and the last value beside them', async () => {
	await page.goto('/submissions');
	await page
		.getByRole('region', { name: '等您处理' })
		.getByRole('link', { name: '更正', exact: true })
		.click();
	await page.getByRole('link', { name: '在线填报' }).click();
	const notice = page.getByRole('status').filter({ hasText: '上次退回的原因' });
	await expect(notice).toContainText('请核对');
	const open = page.locator('.field .typed:not([readonly])');
	await expect(open).toHaveCount(1);
	const all = await page.locator('.field').count();
	await expect(page.locator('.field .typed[readonly]')).toHaveCount(all - 1);
	wrong = await open.inputValue();
	expect(Number(wrong)).toBeGreaterThan(0);
	const marked = page.locator('.field').filter({ has: page.locator('.typed:not([readonly])') });
	await expect(marked).toContainText('审核员标记');
	await expect(marked).toContainText(`退回时填的是 ${Number(wrong).toLocaleString('en')}`);
	await expect(marked).toContainText('上期');
});

test('the corrected cell alone is filed, as a new version', async () => {
	const field = page.locator('.field .typed:not([readonly])');
	right = String(Math.round(Number(wrong) / 10));
	await field.fill(right);
	await page.getByRole('button', { name: '检查并核对' }).click();
	await expect(page.getByText('检查通过，请核对将要报送的数值')).toBeVisible();
	await page.getByRole('button', { name: '确认报送' }).click();
	await expect(page).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/);
	corrected = new URL(page.url()).pathname.split('/').at(-1) ?? '';
	await expect(page.getByText('第 2 版').first()).toBeVisible();
});

test('the reviewer finds the new version, with what changed since the last', async ({
	browser
}) => {
	const reviewer = await pageOf(browser, 'reviewer.pudong');
	await reviewer.goto('/reviews');
	await reviewer.locator(`a[href="/reviews/${corrected}"]`).first().click();
	await expect(reviewer.getByRole('main')).toContainText('第 2 版');
	await reviewer.getByRole('link', { name: /^与上一版相比/ }).click();
	const changes = reviewer.getByRole('table', { name: '有变化的数值' });
	await expect(changes.getByRole('row')).toHaveCount(2);
	await expect(changes).toContainText(Number(wrong).toLocaleString('en'));
	await expect(changes).toContainText(Number(right).toLocaleString('en'));
	await reviewer.context().close();
});
