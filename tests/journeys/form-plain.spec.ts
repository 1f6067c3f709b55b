import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { one } from '../database/council.ts';
import { account, asOwner, endSession, pageOf, signInQuietly } from '../people.ts';

// Entry by form where the page's script never runs: an old office machine, a line on which it does not arrive.

test.describe.configure({ mode: 'serial' });

let context: BrowserContext;
let page: Page;
let address: string;

test.beforeAll(async ({ browser }) => {
	context = await browser.newContext({ javaScriptEnabled: false });
	await signInQuietly(context, 'office.dangwei.changning');
	page = await context.newPage();
	// Of the demonstration's this is filed already: the next quarter opens early.
	const obligation = await asOwner((client) =>
		one<string>(
			client,
			`insert into public.obligations (council_id, dataset_code, organisation_id, period, opens_on, due_on)
			 select council_id, dataset_code, organisation_id, '2026-Q4', '2026-10-01', '2027-01-22'
			 from public.obligation_states where organisation_zh = $1 and period = '2026-Q3'
			 on conflict (organisation_id, council_id, dataset_code, period) do update set opens_on = excluded.opens_on
			 returning id`,
			[account('office.dangwei.changning').organisation]
		)
	);
	await page.goto(`/submissions/new?obligation=${obligation}`);
	await page.getByRole('link', { name: '在线填报' }).click();
	await expect(page.getByRole('heading', { level: 1, name: /^在线填报/ })).toBeVisible();
	address = page.url();
});

test.afterAll(() => context.close());

test('what is typed is kept as a draft, and stands there when the form is opened again', async () => {
	await field('应覆盖单位数').fill('40');
	await page.getByRole('button', { name: '保存', exact: true }).click();
	await expect(page.getByRole('status').last()).toContainText('已保存');
	await page.goto('/submissions');
	await page.goto(address);
	await expect(field('应覆盖单位数')).toHaveValue('40');
});

test('what is wrong is refused with the reason beside its field, and what was typed stays', async () => {
	await field('应覆盖单位数').fill('很多');
	await field('有形覆盖单位数').fill('31');
	await page.getByRole('button', { name: '检查并核对' }).click();
	await expect(page.getByRole('alert')).toContainText('改好再报送');
	await expect(row('应覆盖单位数')).toContainText('很多');
	await expect(field('应覆盖单位数')).toHaveAttribute('aria-invalid', 'true');
	await expect(field('有形覆盖单位数')).toHaveValue('31');
	await page.getByRole('alert').getByRole('link', { name: /很多/ }).click();
	await expect(page).toHaveURL(/#field-/);
});

test('a colleague who saved meanwhile is not overwritten', async ({ browser }) => {
	const other = await pageOf(browser, 'office.dangwei.changning', { javaScriptEnabled: false });
	await other.goto(address);
	await fieldOf(other, '有形覆盖单位数').fill('32');
	await other.getByRole('button', { name: '保存', exact: true }).click();
	await expect(other.getByRole('status').last()).toContainText('已保存');
	await other.context().close();

	await field('有形覆盖单位数').fill('33');
	await page.getByRole('button', { name: '保存', exact: true }).click();
	await expect(page.getByText('填得不一样')).toBeVisible();
	await expect(field('有形覆盖单位数')).toHaveValue('33');
	await page.goto(address);
	await expect(field('有形覆盖单位数')).toHaveValue('32');
});

test('a session that ended loses nothing: it is sent once somebody has signed in', async () => {
	await field('应覆盖单位数').fill('40');
	await field('有形覆盖单位数').fill('30');
	await endSession(context);
	await page.getByRole('button', { name: '保存', exact: true }).click();
	await expect(page.getByText('登录已结束')).toBeVisible();
	await expect(page.getByText('您刚才填写的内容没有丢')).toBeVisible();

	const { email, password } = account('office.dangwei.changning');
	await page.getByLabel('邮箱').fill(email);
	await page.getByLabel('密码').fill('不是这个密码');
	await page.getByRole('button', { name: '登录' }).click();
	await page.getByLabel('密码').fill(password);
	await page.getByRole('button', { name: '登录' }).click();
	await expect(page.getByText('刚才填写的内容还没有提交')).toBeVisible();
	await page.getByRole('button', { name: '继续提交' }).click();
	await expect(page.getByRole('status').last()).toContainText('已保存');
	await page.goto(address);
	await expect(field('有形覆盖单位数')).toHaveValue('30');
});

test('corrected and explained, it is reviewed and filed with a receipt', async () => {
	for (const one of await page.locator('.field .typed').all())
		if ((await one.inputValue()) === '') await one.fill('1');
	await page.getByRole('button', { name: '检查并核对' }).click();
	await expect(page.getByRole('alert')).toContainText('需要说明');
	await page.getByLabel('情况说明（至少 10 个字）').fill('四季度起只计本区登记的单位。');
	await page.getByRole('button', { name: '检查并核对' }).click();
	await expect(page.getByText('检查通过，请核对将要报送的数值')).toBeVisible();
	await page.getByRole('button', { name: '确认报送' }).click();
	await expect(page).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/);
	await expect(page.getByRole('heading', { name: '报送回执' })).toBeVisible();
});

function field(name: string) {
	return fieldOf(page, name);
}

function fieldOf(of: Page, name: string) {
	return of.getByLabel(name, { exact: true });
}

function row(name: string) {
	return page.locator('.field').filter({ has: page.getByLabel(name, { exact: true }) });
}
