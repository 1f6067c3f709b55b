import { createHash } from 'node:crypto';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { account, browserOf, endSession, pageOf, signInQuietly } from '../people.ts';

// A community office fills in its month on a phone: saved as it is typed, kept on the device without a network,
// checked by the rules of a file, reviewed, filed.

test.describe.configure({ mode: 'serial' });

const phone = { viewport: { width: 375, height: 740 } };
let context: BrowserContext;
let page: Page;
let address: string;

test.beforeAll(async ({ browser }) => {
	context = await browserOf(browser, 'officer.caojiadu', phone);
	page = await context.newPage();
	await page.goto('/submissions');
	await page
		.getByRole('region', { name: '等您处理' })
		.getByRole('link', { name: /^(报送|更正)$/ })
		.first()
		.click();
	await page.getByRole('link', { name: '在线填报' }).click();
	await expect(page.getByRole('heading', { level: 1, name: /^在线填报/ })).toBeVisible();
	address = page.url();
});

test.afterAll(() => context.close());

test('each field has its unit and last month beside it, and nothing runs off a phone', async () => {
	const first = row('开放站点数');
	await expect(first).toContainText('上期');
	await expect(first).toContainText('个');
	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(375);
});

test('what is typed is saved by itself, and stands there after a reload', async () => {
	await field('开放站点数').fill('6');
	await field('夜间开放站点数').fill('2');
	await expect(state()).toContainText('已保存');
	await page.reload();
	await expect(field('夜间开放站点数')).toHaveValue('2');
});

test('without a network what is typed stays on the device, also when the page is closed, and is saved when it is back', async () => {
	await network(false);
	await expect(state()).toContainText('已留在这台设备上');
	await field('夜间开放站点数').fill('9');
	await page.getByRole('button', { name: '检查并核对' }).click();
	await expect(page.getByRole('main')).toContainText('暂时不能检查和报送');
	await page.close();
	await network(true);
	page = await context.newPage();
	await page.goto(address);
	await expect(field('夜间开放站点数')).toHaveValue('9');
	await expect(page.getByText('已恢复这台设备上没来得及保存的')).toBeVisible();
	await expect(state()).toContainText('已保存');
	expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test('a colleague goes on with it; what both changed is asked, and nothing is overwritten', async ({
	browser
}) => {
	const other = await pageOf(browser, 'officer.caojiadu');
	await other.goto(address);
	await expect(other.getByLabel('夜间开放站点数', { exact: true })).toHaveValue('9');

	await field('夜间开放站点数').fill('4');
	await field('近期核实站点数').fill('3');
	await expect(state()).toContainText('已保存');
	await other.getByLabel('夜间开放站点数', { exact: true }).fill('5');
	await other.getByLabel('走访人数', { exact: true }).fill('11');
	await expect(other.getByText('有 1 项您和同事填得不一样')).toBeVisible();
	await expect(other.getByLabel('近期核实站点数', { exact: true })).toHaveValue('3');
	await other.getByRole('button', { name: '用同事填的' }).click();
	await expect(other.getByLabel('夜间开放站点数', { exact: true })).toHaveValue('4');
	await expect(other.getByRole('status').last()).toContainText('已保存');
	await other.context().close();

	await page.reload();
	await expect(field('走访人数')).toHaveValue('11');
});

test('a session that ends while somebody types loses nothing: it is said, and after signing in it is there', async ({
	browser
}) => {
	const own = await browser.newContext(phone);
	await signInQuietly(own, 'officer.caojiadu');
	const tab = await own.newPage();
	await tab.goto(address);
	const typed = tab.getByLabel('走访人数', { exact: true });
	await typed.fill('12');
	await expect(tab.getByRole('status').last()).toContainText('已保存');

	await endSession(own);
	await typed.fill('13');
	await expect(tab.getByRole('status').last()).toContainText('登录已过期');
	await tab.getByRole('button', { name: '检查并核对' }).click();
	await expect(typed).toHaveValue('13');
	await tab.getByRole('link', { name: '重新登录后继续' }).click();
	await signInHere(tab);
	await expect(tab).toHaveURL(address);
	await expect(typed).toHaveValue('13');
	await expect(tab.getByRole('status').last()).toContainText('已保存');

	// The same where the sign-in happens in another tab.
	await endSession(own);
	await typed.fill('14');
	await expect(tab.getByRole('status').last()).toContainText('登录已过期');
	await signInQuietly(own, 'officer.caojiadu');
	await tab.evaluate(() => window.dispatchEvent(new Event('focus')));
	await expect(tab.getByRole('status').last()).toContainText('已保存');
	await own.close();

	await page.reload();
	await expect(field('走访人数')).toHaveValue('14');
});

test('a session that ends before a file is corrected loses nothing either: it is sent again after signing in in another tab', async ({
	browser
}) => {
	const [own, tab] = await uploading(browser);
	const template = await tab.getByRole('link', { name: '下载 CSV 模板' }).getAttribute('href');
	const empty = await (await own.request.get(template ?? '')).text();
	const send = tab.getByRole('button', { name: '检查并报送' });
	const file = { name: '月报.csv', mimeType: 'text/csv', buffer: Buffer.from(empty) };
	await tab.getByLabel('选择文件').setInputFiles(file);
	await endSession(own);
	await send.click();
	await signInBeside(tab);
	await send.click();
	await expect(tab).toHaveURL(/&upload=/);

	const cell = tab.getByRole('textbox').first();
	await cell.fill('77');
	await endSession(own);
	await tab.getByRole('button', { name: '检查并报送' }).click();
	await signInBeside(tab);
	await expect(cell).toHaveValue('77');
	await tab.getByRole('button', { name: '检查并报送' }).click();
	await expect(tab.getByText('已在页面上更正 1 个单元格')).toBeVisible();
	await own.close();
});

test('a large file whose session ends before it is sent says so, and goes on after signing in', async ({
	browser
}) => {
	const [own, tab] = await uploading(browser);
	const buffer = Buffer.from(`地区,人数\n${'浦东新区,12\n'.repeat(80_000)}`);
	await tab
		.getByLabel('选择文件')
		.setInputFiles({ name: '月报.csv', mimeType: 'text/csv', buffer });
	await endSession(own);
	await tab.getByRole('button', { name: '检查并报送' }).click();
	await signInBeside(tab);
	await tab.getByRole('button', { name: '检查并报送' }).click();
	await expect(tab).toHaveURL(/&upload=/);
	await own.close();
});

test('another person on the same machine sees nothing of it', async ({ browser }) => {
	await network(false);
	await expect(state()).toContainText('已留在这台设备上');
	await field('开放站点数').fill('777');
	const kept = await page.evaluate(() => JSON.stringify(localStorage));
	expect(kept).toContain('777');
	await network(true);
	await expect(state()).toContainText('已保存');

	const xinhua = await pageOf(browser, 'officer.xinhua', phone);
	await xinhua.goto('/submissions');
	await xinhua.evaluate((all) => {
		for (const [key, value] of Object.entries(JSON.parse(all) as Record<string, string>))
			localStorage.setItem(key, value);
	}, kept);
	await xinhua.goto(address);
	await expect(xinhua.getByText('没有这项报送任务')).toBeVisible();
	await xinhua.context().close();
});

test('problems stand at their fields by the rules of a file, with a summary that leads to them', async () => {
	await field('开放站点数').fill('6');
	await field('夜间开放站点数').fill('9');
	await field('近期核实站点数').fill('很多');
	await page.getByRole('button', { name: '检查并核对' }).click();
	await expect(page.getByRole('alert')).toContainText('改好再报送');
	await expect(row('夜间开放站点数')).toContainText('不应大于“开放站点数”');
	await expect(row('近期核实站点数')).toContainText('很多');
	await page.getByRole('alert').getByRole('link', { name: /很多/ }).click();
	await expect(field('近期核实站点数')).toBeFocused();
});

test('a blank has its reason, the rest is filled in, and what will be filed is reviewed first', async () => {
	for (const one of await page.locator('.field .typed').all()) await one.fill('1');
	await field('服务人次').fill('');
	await field('开放站点数').fill('1.2千');
	await page.getByLabel('服务人次：缺报原因', { exact: true }).selectOption('not_collected');
	await check();
	await expect(row('开放站点数')).toContainText('1.2千');
	await field('开放站点数').fill('1');
	await check();
	await expect(page.getByText('检查通过，请核对将要报送的数值')).toBeVisible();
	await expect(page.getByRole('row', { name: /^服务人次/ })).toContainText('未采集');
});

test('an unusual value asks for an explanation at its field', async () => {
	await page.getByRole('link', { name: '返回修改' }).click();
	await field('已解决问题数').fill('3');
	await check();
	await expect(row('已解决问题数')).toContainText('不应大于“走访发现问题数”');
	await page.getByLabel('情况说明（至少 10 个字）').fill('本月办结了上月遗留的两件。');
	await check();
	await expect(page.getByRole('row', { name: /^已解决问题数/ })).toContainText('遗留的两件');
});

test('it is filed with a receipt whose hash is that of the file one can download', async () => {
	await page.getByRole('button', { name: '确认报送' }).click();
	await expect(page).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/);
	await expect(page.getByText('已收到，等待审核。')).toBeVisible();
	expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
	const link = page.getByRole('link', { name: '在线填报.csv' });
	const file = await page.request.get((await link.getAttribute('href')) ?? '');
	const sha256 = createHash('sha256')
		.update(await file.body())
		.digest('hex');
	await expect(page.getByRole('main')).toContainText(sha256);
});

/** A session of its own that a test may end, on the page where a file is uploaded. */
async function uploading(browser: Browser): Promise<[BrowserContext, Page]> {
	const own = await browser.newContext();
	await signInQuietly(own, 'officer.caojiadu');
	const tab = await own.newPage();
	await tab.goto(address.replace('/form', ''));
	return [own, tab];
}

/** In a tab of its own, as the page offers it. */
async function signInBeside(tab: Page) {
	await expect(tab.getByRole('alert').first()).toContainText('登录已结束，这一步没有完成');
	const [beside] = await Promise.all([
		tab.waitForEvent('popup'),
		tab.getByRole('link', { name: '在新标签页登录' }).click()
	]);
	await signInHere(beside);
	await expect(beside.getByRole('navigation', { name: '主导航' })).toBeVisible();
	await beside.close();
}

async function signInHere(tab: Page) {
	const { email, password } = account('officer.caojiadu');
	await tab.getByLabel('邮箱').fill(email);
	await tab.getByLabel('密码').fill(password);
	await tab.getByRole('button', { name: '登录' }).click();
}

/** Emulated alone, a request that is on its way may still arrive. */
async function network(there: boolean) {
	if (there) await context.unrouteAll();
	else await context.route('**/*', (route) => route.abort('internetdisconnected'));
	await context.setOffline(!there);
}

async function check() {
	await page.getByRole('button', { name: '检查并核对' }).click();
}

function field(name: string) {
	return page.getByLabel(name, { exact: true });
}

function row(name: string) {
	return page.locator('.field').filter({ has: page.getByLabel(name, { exact: true }) });
}

function state() {
	return page.getByRole('status').last();
}
