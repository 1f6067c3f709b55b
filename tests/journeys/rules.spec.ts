import { expect, test, type Page } from '@playwright/test';
import { encode } from '../files/encode.ts';
import { confirmed, pageOf } from '../people.ts';

// Events held: offices of the demonstration report 2 to 6 a month.
const measure = '活动场次';
const reason = '本月承办区级骑手节，增加了社区专场活动。';

test.describe.configure({ mode: 'serial' });

test('the secretariat tries a rule on past filings before it saves it', async ({ browser }) => {
	const page = await pageOf(browser, 'secretariat');
	await page.goto('/submissions');
	await page.getByRole('main').getByRole('link', { name: '校验规则与填报要求' }).click();
	await page.getByRole('link', { name: '新建规则' }).click();
	await page.getByLabel('报表', { exact: true }).selectOption({ label: '社区服务月报' });
	await page.getByRole('radio', { name: /数值或比率在范围内/ }).check();
	await page.getByRole('button', { name: '继续' }).click();

	await expect(page.getByRole('heading', { level: 1 })).toHaveText('新建规则：社区服务月报');
	await page.getByLabel('计量项', { exact: true }).selectOption({ label: measure });
	await page.getByRole('button', { name: '预览' }).click();
	await expect(page.getByText('请至少填写一个界限。').first()).toBeVisible();

	await page.getByLabel(/^上限/).fill('5');
	await page.getByRole('button', { name: '预览' }).click();
	const said = page.getByText(/会触发 \d+ 次，涉及 \d+ 个单位/);
	await expect(said).toBeVisible();
	const count = Number(/触发 (\d+) 次/.exec((await said.textContent()) ?? '')?.[1]);
	expect(count).toBeGreaterThan(0);
	await expect(page.getByText(/检查了您能看到的 \d+ 份报送/)).toBeVisible();
	const fired = page.getByRole('table').getByRole('row');
	await expect(fired).toHaveCount(Math.min(count, 100) + 1);
	await expect(fired.last()).toContainText('（6）超出了常见范围');

	await page.getByLabel(/^上限/).fill('25');
	await page.getByRole('button', { name: '预览' }).click();
	await expect(page.getByText('一次也不会触发。')).toBeVisible();
	await page.getByRole('button', { name: '保存规则' }).click();
	await expect(page.getByText('规则已保存，从下一份报送起生效。')).toBeVisible();
	await expect(page.getByRole('row').filter({ hasText: `“${measure}” ≤ 25` })).toBeVisible();
});

test('a clerk who breaks it explains, and the reviewer reads why', async ({ browser }) => {
	const clerk = await pageOf(browser, 'officer.huamu');
	await openNewest(clerk);
	await send(clerk, await filledIn(clerk, 30));

	await expect(clerk.getByText('没有保存任何内容')).toBeVisible();
	await expect(clerk.getByText(`“${measure}”（30）超出了常见范围`)).toBeVisible();
	const why = clerk.getByRole('textbox', { name: /的说明$/ });
	await expect(why).toHaveCount(1);
	await why.fill(reason);
	await clerk.getByRole('button', { name: '检查并报送' }).first().click();
	await expect(clerk).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/);
	const filing = new URL(clerk.url()).pathname.split('/').at(-1) ?? '';

	const reviewer = await pageOf(browser, 'reviewer.pudong');
	await reviewer.goto(`/reviews/${filing}`);
	await expect(reviewer.getByText(`“${measure}”（30）超出了常见范围`)).toBeVisible();
	await expect(reviewer.getByText(reason).first()).toBeVisible();
});

test('a retired rule is asked of nobody any more', async ({ browser }) => {
	const page = await pageOf(browser, 'secretariat');
	await page.goto('/submissions/rules');
	await page
		.getByRole('row')
		.filter({ hasText: `“${measure}” ≤ 25` })
		.getByRole('link')
		.click();
	await confirmed(page, '停用');
	await expect(page.getByText('规则已停用。')).toBeVisible();
	await expect(page.getByRole('row').filter({ hasText: `“${measure}” ≤ 25` })).toHaveCount(0);
});

/** The office's newest month: it waits for review, so that a new version replaces it. */
async function openNewest(clerk: Page) {
	const list = await (await clerk.request.get('/submissions')).text();
	await clerk.goto(/\/submissions\/[0-9a-f-]{36}(?=")/.exec(list)?.[0] ?? '');
	await clerk.locator('main a[href^="/submissions/new?obligation="]').first().click();
	await expect(clerk.getByRole('button', { name: '检查并报送' })).toBeVisible();
}

/** The office's CSV template with last month's figures, and a number of events. */
async function filledIn(clerk: Page, events: number): Promise<Buffer> {
	const link = await clerk.getByRole('link', { name: '下载 CSV 模板' }).getAttribute('href');
	const template = await (await clerk.request.get(link ?? '')).text();
	const [header = [], row = []] = template
		.replace('\ufeff', '')
		.trimEnd()
		.split(/\r?\n/)
		.map((line) => line.split(','));
	const filled = row.map((cell, at) => {
		if (header[at]?.startsWith(measure) && !header[at].endsWith('上期值')) return String(events);
		return header[at + 1]?.endsWith('上期值') ? (row[at + 1] ?? '') : cell;
	});
	return encode(`${header.join(',')}\r\n${filled.join(',')}\r\n`, 'gb18030');
}

async function send(clerk: Page, buffer: Buffer) {
	await clerk
		.getByLabel('选择文件，或拖到这里')
		.setInputFiles({ name: '报表.csv', mimeType: 'text/csv', buffer });
	await clerk.getByRole('button', { name: '检查并报送' }).click();
}
