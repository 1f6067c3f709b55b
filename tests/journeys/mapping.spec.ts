import { expect, test, type Page } from '@playwright/test';
import { readXlsx, writeXlsx } from 'hucre';
import { pageOf } from '../people.ts';

test.describe.configure({ timeout: 120_000 });

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A street office's own monthly sheet: a title, a unit line, a header of two rows with merged groups. */
const GROUPS: [string, [string, string][]][] = [
	[
		'',
		[
			['序号', '1'],
			['街道', '天山路街道']
		]
	],
	[
		'驿站',
		[
			['开放站点数（个）', '１２'],
			['夜间开放站点数', '4'],
			['近期核实站点数', '10'],
			['站点开放天数', '360'],
			['服务人次', '1.21万']
		]
	],
	[
		'走访',
		[
			['走访人数', '1,204'],
			['发现的问题', '30'],
			['已解决问题数', '28'],
			['提供服务次数', '96']
		]
	],
	[
		'个案与活动',
		[
			['新开个案数', '7'],
			['结案个案数', '5'],
			['活动场次', '6'],
			['活动参加人次', '240']
		]
	],
	[
		'隐患',
		[
			['隐患上报件数', '9'],
			['应处置隐患件数', '9'],
			['按时处置隐患件数', '8'],
			['经办人', '任远']
		]
	]
];

function sheetOf(month: string, visits: string): Promise<Uint8Array> {
	const cells = GROUPS.flatMap(([group, columns]) =>
		columns.map(([name, value], at) => ({ group: at === 0 ? group : '', name, value }))
	);
	let left = 0;
	const merges = GROUPS.flatMap(([group, columns]) => {
		const from = left;
		left += columns.length;
		return group ? [{ startRow: 2, endRow: 2, startCol: from, endCol: left - 1 }] : [];
	});
	return writeXlsx({
		sheets: [
			{
				name: '月报',
				rows: [
					[`天山路街道社区服务情况统计表（${month}）`],
					['单位：个、人次'],
					cells.map(({ group }) => group || null),
					cells.map(({ name }) => name),
					cells.map(({ name, value }) => (name === '走访人数' ? visits : value))
				],
				merges
			},
			{ name: '填表说明', rows: [['请各街道于每月5日前报送。']] }
		]
	});
}

/** The addresses at which the two newest months are filed, the older one first. */
async function months(page: Page): Promise<string[]> {
	const list = await (await page.request.get('/submissions')).text();
	const filed = [...new Set(list.match(/\/submissions\/[0-9a-f-]{36}(?=")/g))].slice(0, 2);
	const addresses: string[] = [];
	for (const address of filed) {
		const html = await (await page.request.get(address)).text();
		addresses.push(/\/submissions\/new\?obligation=[0-9a-f-]{36}/.exec(html)?.[0] ?? '');
	}
	return addresses.reverse();
}

async function upload(page: Page, address: string, name: string, bytes: Uint8Array) {
	await page.goto(address);
	const send = page.getByRole('button', { name: '检查并报送' });
	const reason = page.getByLabel('修订理由');
	await expect(send.or(reason)).toBeVisible();
	if (await reason.isVisible()) await openRevision(page);
	await page
		.getByLabel('选择文件，或拖到这里')
		.setInputFiles({ name, mimeType: XLSX, buffer: Buffer.from(bytes) });
	await send.click();
}

/** An accepted month is corrected for a reason; with scripts after one more question. */
async function openRevision(page: Page) {
	const correct = { name: '修订', exact: true };
	await page.getByLabel('修订理由').fill('盘点后发现漏报了两个站点');
	await page.getByRole('main').getByRole('button', correct).click();
	const confirm = page.getByRole('dialog').getByRole('button', correct);
	const send = page.getByRole('button', { name: '检查并报送' });
	await expect(confirm.or(send)).toBeVisible();
	if (await confirm.isVisible()) await confirm.click();
}

test('a street office files its own messy sheet, corrects a cell in place, and next month is not asked again', async ({
	browser
}) => {
	const page = await pageOf(browser, 'officer.tianshan');
	const [first = '', second = ''] = await months(page);

	await upload(page, first, '天山路月报.xlsx', await sheetOf('上月', '约一千'));
	await expect(page.getByRole('heading', { name: '请说明这张表怎么读' })).toBeVisible();
	// The file is kept: a reload loses nothing.
	await expect(page).toHaveURL(/upload=[0-9a-f]{32}/);
	await page.reload();
	await expect(page.getByText('天山路街道社区服务情况统计表').first()).toBeVisible();

	await page.getByLabel('工作表').selectOption('月报');
	await page.getByLabel('表头在第几行').selectOption('3');
	await page.getByLabel('表头占几行').selectOption('2');
	await page.getByRole('button', { name: '更新预览' }).last().click();
	await expect(page.locator('tr.header')).toHaveCount(2);
	await page
		.getByLabel(/的含义$/)
		.nth(7)
		.scrollIntoViewIfNeeded();
	await page.getByLabel(/发现的问题.*的含义/).selectOption('value:issues_found');
	await page.getByLabel(/经办人.*的含义/).selectOption('ignore');
	await page.getByLabel(/记住这种表的读法/).check();
	await page.getByLabel(/^名称/).fill('街道月报');
	await page.getByRole('button', { name: '检查并报送' }).click();

	// One cell is no number; it is corrected beside the problem.
	const wrong = page.getByLabel('H5 的正确值');
	await expect(wrong).toHaveValue('约一千');
	const marked = await page.getByRole('link', { name: '下载标出错误的表格' }).getAttribute('href');
	const workbook = await readXlsx(await (await page.request.get(marked ?? '')).body());
	expect(workbook.sheets[0]?.rows[4]?.[7]).toBe('约一千');
	expect(workbook.sheets[1]?.rows[1]?.[0]).toBe('H5');
	await wrong.fill('1,204');
	await page.getByRole('button', { name: '检查并报送' }).first().click();
	await expect(page).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/);
	await expect(page.getByText('12,100').first()).toBeVisible();
	await expect(page.getByText('H5：“约一千”改为“1,204”')).toBeVisible();

	await upload(page, second, '天山路月报.xlsx', await sheetOf('本月', '1,310'));
	await expect(page).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/);
	await expect(page.getByText('1,310').first()).toBeVisible();
	await expect(page.getByText('各列按记住的“街道月报”读取')).toBeVisible();

	await page.goto(second);
	await expect(page.getByText('街道月报')).toBeVisible();
	await page.getByRole('button', { name: '忘记它' }).click();
	await expect(page.getByText('已忘记“街道月报”')).toBeVisible();
	await page.context().close();
});

test('whoever switched scripts off finds and answers the mapping step too, and nobody else can open their file', async ({
	browser
}) => {
	const page = await pageOf(browser, 'officer.jinyang', { javaScriptEnabled: false });
	const [first = ''] = await months(page);
	await upload(page, first, 'sheet.xlsx', await sheetOf('无脚本', '5'));
	await expect(page).toHaveURL(/upload=[0-9a-f]{32}/);
	const kept = page.url();
	await page.getByLabel('表头在第几行').selectOption('3');
	await page.getByLabel('表头占几行').selectOption('2');
	await page.getByRole('button', { name: '更新预览' }).last().click();
	await expect(page.locator('tr.header')).toHaveCount(2);

	const other = await pageOf(browser, 'officer.xianxia');
	const answer = await other.goto(kept);
	expect(answer?.status()).toBe(404);
	await other.context().close();

	await page.getByRole('button', { name: '换一个文件' }).click();
	await expect(page.getByLabel('选择文件，或拖到这里')).toBeVisible();
	await page.context().close();
});
