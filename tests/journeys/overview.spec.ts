import { expect, test, type Page } from '@playwright/test';
import { pageOf } from '../people.ts';

// The picture that a council looks at together: at the projector with the keys alone, and what of it each is shown.

const room = { width: 1920, height: 1080 };
/** Its sections have as many pages at the projector as they need. */
const parts = [
	'离目标还有多远',
	'从数字到行动',
	/以来的变化$/,
	'各区 × 指标',
	/：各区十二期$/,
	'各单位 × 指标',
	'决议落实到哪一步'
];

const title = (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 }).first();
const place = async (page: Page) =>
	(await page.getByText(/^\d+ \/ \d+$/).textContent())!.split(' / ').map(Number);

test('the secretariat turns the pages of the picture with the arrow keys and follows a mark', async ({
	browser
}) => {
	const page = await pageOf(browser, 'secretariat');
	await page.setViewportSize(room);
	await page.goto('/overview');
	await page.getByRole('link', { name: '投影' }).click();
	await expect(page.getByRole('navigation')).toHaveCount(0);

	const [first, all = 0] = await place(page);
	expect(first).toBe(1);
	const seen: string[] = [];
	for (let at = 1; at <= all; at++) {
		await expect(page.getByText(`${at} / ${all}`, { exact: true })).toBeVisible();
		seen.push((await title(page).textContent()) ?? '');
		expect(
			await page.evaluate(() => document.documentElement.scrollHeight),
			`page ${at} fits on the screen`
		).toBeLessThanOrEqual(room.height + 40);
		await page.keyboard.press('ArrowRight');
	}
	expect([...new Set(seen)]).toEqual(
		parts.map((part) => (typeof part === 'string' ? part : expect.stringMatching(part)))
	);
	await page.keyboard.press('ArrowLeft');
	await expect(page.getByText(`${all - 1} / ${all}`, { exact: true })).toBeVisible();

	await page.goto('/overview?view=projector');
	const worst = page.getByRole('row').nth(1);
	const name = (await worst.getByRole('link').textContent()) ?? '';
	await worst.getByRole('link').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);

	await page.goBack();
	await expect(page.getByText(`1 / ${all}`, { exact: true })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page).toHaveURL(/\/overview$/);
	await expect(page.getByRole('navigation').first()).toBeVisible();
});

test('each station of the loop and each awaited filing leads to its page', async ({ browser }) => {
	const page = await pageOf(browser, 'secretariat');
	await page.goto('/overview');
	const loop = page.getByRole('region', { name: '从数字到行动' });
	for (const [station, heading] of [
		['报送', '完整与及时'],
		['共享', '指标'],
		['议决', '会议'],
		['落实', '任务']
	] as const) {
		await loop.getByRole('link', { name: new RegExp(`^${station}`) }).click();
		await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
		await page.goBack();
	}
	const late = page.getByRole('region', { name: '谁已报送，还在等谁' });
	await late
		.getByRole('link', { name: /逾期未报/ })
		.first()
		.click();
	await expect(page).toHaveURL(/\/submissions\/deadlines\//);
});

test('the arrows lead through the cells of a map, which the tab key passes in one step', async ({
	browser
}) => {
	const page = await pageOf(browser, 'secretariat');
	await page.setViewportSize(room);
	await page.goto('/overview?view=projector&section=districts');
	const cells = page.getByRole('cell').getByRole('link');
	await expect(page.locator('td a[tabindex="0"]')).toHaveCount(1);
	await cells.first().focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowDown');
	await expect(
		page.getByRole('row').nth(2).getByRole('cell').nth(1).getByRole('link')
	).toBeFocused();
	// The page was not turned.
	await expect(page).toHaveURL(/section=districts/);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/indicators\/[A-Z]+\d+\?region=310104/);
});

test('a platform reads its own column and finds its rivals hatched, a union is told why it reads none', async ({
	browser
}) => {
	const platform = await pageOf(browser, 'reporter.xiaobu');
	await platform.goto('/overview');
	const map = platform.getByRole('region', { name: '各单位 × 指标 · 平台企业' });
	await expect(
		map.getByRole('link', { name: /^小步.* · 工伤保险参保率（全口径） · \d/ })
	).toHaveCount(1);
	await expect(
		map.getByRole('link', { name: /^迅达.* · 工伤保险参保率（全口径） · 其他单位的数字，受保护/ })
	).toHaveCount(1);
	await expect(map.getByRole('link', { name: /^迅达.* · \d/ })).toHaveCount(0);

	const union = await pageOf(browser, 'officer.union');
	await union.goto('/overview');
	await expect(union.getByText('单个单位的数字受保护')).toBeVisible();
	// Who has not filed is no figure.
	await expect(
		union
			.getByRole('region', { name: '谁已报送，还在等谁' })
			.getByRole('link', { name: /逾期未报/ })
	).not.toHaveCount(0);
});

test('domain, period and indicator stand in the address, also without scripts', async ({
	browser
}) => {
	const page = await pageOf(browser, 'officer.union');
	await page.goto('/overview');
	const targets = page.getByRole('region', { name: '离目标还有多远' });
	const all = await targets.getByRole('row').count();
	await page.getByLabel('领域').selectOption({ label: '社会保险（分险种统计，不相加）' });
	await page.getByRole('button', { name: '筛选' }).first().click();
	await expect(page).toHaveURL(/domain=/);
	await expect.poll(() => targets.getByRole('row').count()).toBeLessThan(all);

	const chart = page.getByRole('heading', { name: /：各区十二期$/ });
	const choice = page.getByRole('combobox', { name: /^指标/ });
	await choice.selectOption({ label: '失业保险参保率（全口径）' });
	await page.getByRole('button', { name: '筛选' }).last().click();
	await expect(chart).toHaveText('失业保险参保率（全口径）：各区十二期');
	await expect(page).toHaveURL(/domain=.*indicator=|indicator=.*domain=/);
});

test('a screen that nobody touches reads itself again, and says so where the line is down', async ({
	browser
}) => {
	const page = await pageOf(browser, 'secretariat');
	await page.clock.install();
	await page.goto('/overview?view=projector');
	await expect(page.locator('#svelte-announcer')).toBeAttached();
	const read = page.waitForResponse((response) => response.url().includes('__data.json'));
	await page.clock.fastForward(61_000);
	expect((await read).status()).toBe(200);

	await page.route('**/healthz', (route) => route.abort());
	await page.clock.fastForward(61_000);
	await expect(page.getByText('连接不上')).toBeVisible();
	await expect(page.getByRole('heading', { name: '离目标还有多远' })).toBeVisible();
});
