import { expect, test, type Page } from '@playwright/test';
import { account, pageOf, signInQuietly } from '../people.ts';
import { addressOf, readerOf, routes } from './site.ts';

const phone = { viewport: { width: 375, height: 740 }, hasTouch: true, isMobile: true };

test.describe('on a phone', () => {
	test('an officer reaches their tasks from the bar, and the rest behind “more”', async ({
		browser
	}) => {
		const page = await pageOf(browser, 'officer.lujiazui', phone);
		await page.goto('/');
		const bar = page.getByRole('navigation', { name: '主导航' });
		await expect(bar.getByRole('link')).toHaveCount(4);
		for (const link of await bar.getByRole('link').all()) {
			const box = await link.boundingBox();
			expect(box?.height).toBeGreaterThanOrEqual(44);
		}
		await bar.getByRole('link', { name: '任务' }).tap();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('任务');
		await page.getByText('更多', { exact: true }).tap();
		await page.getByRole('link', { name: '成员单位' }).tap();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('成员单位');
		await expect(page.getByRole('button', { name: 'English' })).toBeHidden();
	});

	test('a person signs in on a phone', async ({ browser }) => {
		const context = await browser.newContext(phone);
		const page = await context.newPage();
		await signInByHand(page, 'officer.union');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('市新业态工会联合会');
	});
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('a person signs in, changes the language, and filters a list', async ({ page }) => {
		await signInByHand(page, 'reporter.xiaobu');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('小步即配科技有限公司');

		await page.getByRole('button', { name: 'English' }).first().click();
		await expect(page.locator('html')).toHaveAttribute('lang', 'en');
		await page.goto('/submissions');
		const all = await page.getByRole('row').count();
		await page.getByLabel('State').selectOption({ label: 'Accepted' });
		await page.getByRole('button', { name: 'Filter' }).click();
		await expect(page).toHaveURL(/state=accepted/);
		expect(await page.getByRole('row').count()).toBeLessThan(all);
	});

	test('a clerk uploads a file and reads what is wrong with it', async ({ browser }) => {
		const context = await browser.newContext({ javaScriptEnabled: false });
		await signInQuietly(context, 'reporter.hewei');
		const page = await context.newPage();
		await page.goto('/submissions');
		await page
			.getByRole('region', { name: '等您处理' })
			.getByRole('link', { name: '更正' })
			.click();
		await page.getByLabel('选择文件，或拖到这里').setInputFiles({
			name: '报表.xlsx',
			mimeType: 'application/octet-stream',
			buffer: Buffer.from('%PDF-1.7\n')
		});
		await page.getByRole('button', { name: '检查并报送' }).click();
		await expect(page.getByRole('alert').filter({ hasText: '没有保存任何内容' })).toBeVisible();
		await expect(page.getByRole('main')).toContainText('PDF');
	});

	test('the secretariat goes through the whole list, in the order asked for', async ({
		browser
	}) => {
		const page = await pageOf(browser, 'secretariat', { javaScriptEnabled: false });
		await page.goto('/submissions?sort=due');
		const total = Number(/共 (\d+) 项/.exec(await page.getByRole('main').innerText())?.[1]);
		const next = page.getByRole('link', { name: '下一页' });
		const links: string[] = [];
		const due: string[] = [];
		for (;;) {
			const shown = await page
				.getByRole('table', { name: '全部报送任务' })
				.locator('tbody tr')
				.evaluateAll((rows) =>
					rows.map((row) => ({
						link: [...row.querySelectorAll('a')].at(-1)?.getAttribute('href') ?? '',
						due: /\d{4}-\d{2}-\d{2}/.exec(row.textContent ?? '')?.[0] ?? ''
					}))
				);
			links.push(...shown.map(({ link }) => link));
			due.push(...shown.map(({ due }) => due));
			if ((await next.count()) === 0) break;
			// Waits for the whole page, where a press waits for its beginning.
			await page.goto(new URL((await next.getAttribute('href')) ?? '', page.url()).href);
		}
		expect(total).toBeGreaterThan(300);
		expect(new Set(links).size).toBe(total);
		expect(links).toHaveLength(total);
		expect(due).toEqual(due.toSorted());
		// Past the end stands the last page.
		await page.goto('/submissions?page=999');
		await expect(next).toHaveCount(0);
		await expect(page.getByRole('link', { name: '上一页' })).toBeVisible();
		await page.context().close();
	});

	test('figures, meetings and tasks can be read', async ({ browser }) => {
		const context = await browser.newContext({ javaScriptEnabled: false });
		await signInQuietly(context, 'officer.union');
		const page = await context.newPage();
		for (const route of routes.filter((one) => one.startsWith('/(app)/'))) {
			if (readerOf(route) !== 'secretariat' || route.endsWith('/new')) continue;
			const answer = await page.goto(await addressOf(browser, route));
			if (answer?.status() === 403) continue;
			await expect(page.getByRole('heading', { level: 1 }), route).toBeVisible();
			expect((await page.getByRole('main').innerText()).length, route).toBeGreaterThan(20);
		}
	});
});

async function signInByHand(page: Page, login: string): Promise<void> {
	const { email, password } = account(login);
	await page.goto('/sign-in');
	await page.getByLabel('邮箱').fill(email);
	await page.getByLabel('密码').fill(password);
	await page.getByRole('button', { name: '登录' }).click();
}
