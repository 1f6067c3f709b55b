import { expect, test, type Page } from '@playwright/test';
import { confirmed, pageOf } from '../people.ts';
import { entriesOf, filed, plusOne, stepTo, upload } from './filing.ts';

// Thirty measures do not wait for two cells: most of a filing counts at once, the rest is corrected.

test.describe.configure({ mode: 'serial' });
test.slow();

const organisation = '济舟快运';
const measure = 'orders_completed';
const reason = '两处订单量请核对，其余没有问题。';
const notes = ['与平台后台不一致。', '比上月多出很多。'];
const more = '同一合作企业的另一处也请核对。';

let clerk: Page;
let reviewer: Page;
let secretariat: Page;
let submission: string;
let period: string;
/** The filing as its CSV, line 0 the header; a line's number is its position. */
let lines: string[][];
/** Of one measure: two values that come back, one that is opened later, one that never is. */
let open: number[];
let later: number;
let never: number;
/** A value of a measure that is accepted. */
let settled: number;

test.beforeAll(async ({ browser }) => {
	clerk = await pageOf(browser, 'office.jizhou');
	reviewer = await pageOf(browser, 'reviewer.city');
	secretariat = await pageOf(browser, 'secretariat');
	await clerk.goto('/submissions?state=submitted');
	await clerk.getByRole('link', { name: '查看', exact: true }).click();
	await expect(clerk).toHaveURL(/\/submissions\/[0-9a-f-]{36}$/);
	submission = clerk.url().split('/').at(-1) ?? '';
	const title = (await clerk.getByRole('heading', { level: 1 }).textContent()) ?? '';
	const [, year = '', month = ''] = /(\d{4})年(\d+)月/.exec(title) ?? [];
	period = `${year}-${month.padStart(2, '0')}`;
	lines = await entriesOf(clerk, submission);
	const at = (code: string) =>
		lines.flatMap(([of, , , , value], position) => (of === code && value ? [position] : []));
	const orders = at(measure);
	open = orders.slice(0, 2);
	[later = 0, never = 0] = orders.slice(2);
	[settled = 0] = at('injury_insured');
	expect(Math.min(later, never, settled)).toBeGreaterThan(0);
});

test.afterAll(() =>
	Promise.all([clerk, reviewer, secretariat].map((page) => page.context().close()))
);

test('a reviewer marks two cells and accepts the rest, without the mouse', async () => {
	expect(await figureOf('IN3')).toContain('暂无数据');
	await reviewer.goto(`/reviews/${submission}?measure=${measure}`);
	await expect(reviewer.getByRole('button', { name: '键盘快捷键' })).toBeVisible();
	const keys = reviewer.keyboard;
	for (const [at, position] of open.entries()) {
		const box = `input[name=mark][value="${position}"]`;
		await stepTo(reviewer, box);
		await keys.press('m');
		await expect(reviewer.locator(box)).toBeChecked();
		await keys.type(notes[at] ?? '');
		await keys.press('Enter');
		await expect(reviewer.locator(box)).toBeFocused();
	}
	await keys.press('r');
	await keys.type(reason);
	await keys.press('Tab');
	await keys.press('Space');
	await expect(reviewer.getByRole('checkbox', { name: /没有标记的指标先通过/ })).toBeChecked();
	await keys.press('Tab');
	await keys.press('Enter');
	await expect(reviewer.getByRole('dialog')).toBeVisible();
	await keys.press('Enter');
	await expect(reviewer).toHaveURL(/\/reviews(\/[0-9a-f-]{36})?\?done=partly_accepted/);
	await expect(reviewer.getByRole('status').filter({ hasText: '部分通过' })).toBeVisible();
});

test('what was accepted counts already; a rate that needs what came back waits', async () => {
	expect(await figureOf('IN3')).toContain(rate('injury_insured', 'active_workers', lines));
	expect(await figureOf('IN8')).toContain('暂无数据');
});

test('the clerk reads "partly accepted" everywhere, and sees precisely the cells that came back', async () => {
	await clerk.goto('/');
	await expect(clerk.getByRole('main')).toContainText('部分通过');
	await clerk.goto('/notifications');
	await notification(clerk, '部分通过，还有 2 个数值要更正，请更正后重新报送').click();
	await expect(clerk).toHaveURL(new RegExp(`/submissions/${submission}$`));
	await expect(clerk.getByText(notes[0] ?? '').first()).toBeVisible();
	await clerk.goto('/submissions');
	await expect(clerk.getByRole('region', { name: '等您处理' })).toContainText('部分通过');
	await clerk.goto('/submissions/completeness');
	await expect(clerk.locator(`a[href="/submissions/${submission}"]`)).toContainText('部分通过');
	await clerk.goto(`/submissions/${submission}`);
	await expect(clerk.getByText('部分通过', { exact: true }).first()).toBeVisible();
	const returned = clerk.getByRole('status').filter({ hasText: '上次退回的原因' });
	await expect(returned).toContainText(reason);
	await expect(returned).toContainText(/\d+ 项指标已通过并计入汇总，不能再改/);
	const cells = returned.getByRole('listitem');
	await expect(cells).toHaveCount(2);
	for (const [at, position] of open.entries()) {
		await expect(cells.nth(at)).toContainText(shown(position));
		await expect(cells.nth(at)).toContainText(notes[at] ?? '');
	}
});

test('the clerk objects; it waits on the home page of the secretariat until they decide', async () => {
	const objection = `/submissions/${submission}#objection`;
	await clerk.getByLabel('异议理由').fill('十月有国庆长假，订单量属实。');
	await confirmed(clerk, '提出异议');
	await expect(clerk.getByText('等待秘书处裁定')).toBeVisible();

	await secretariat.goto('/');
	const waiting = secretariat
		.getByRole('listitem')
		.filter({ hasText: organisation })
		.filter({ hasText: '对退回的异议' });
	await expect(secretariat.getByRole('heading', { name: /^待裁定的异议/ })).toBeVisible();
	await expect(waiting.getByRole('link')).toHaveAttribute('href', objection);
	await secretariat.goto('/notifications');
	await notification(secretariat, '的审核决定提出异议，请裁定').click();
	await expect(secretariat).toHaveURL(new RegExp(`${objection}$`));
	await reviewer.goto('/notifications');
	await expect(notification(reviewer, '提出异议，等待秘书处裁定')).toHaveAttribute(
		'href',
		objection
	);
	await secretariat.getByRole('radio', { name: /^维持/ }).check();
	await secretariat.getByLabel('裁定理由').fill('请先与平台后台核对。');
	await secretariat.getByRole('button', { name: '裁定', exact: true }).click();
	await expect(secretariat.getByText('已保存').first()).toBeVisible();
	await secretariat.goto('/');
	await expect(secretariat.getByRole('main')).toContainText('等我处理');
	await expect(waiting).toHaveCount(0);
	await secretariat.goto('/notifications');
	const asked = notification(secretariat, '的审核决定提出异议，请裁定');
	await expect(asked.locator('xpath=ancestor::li')).toContainText('已过时');
	await clerk.goto('/notifications');
	await expect(notification(clerk, '秘书处裁定维持原决定')).toBeVisible();
	await reviewer.goto('/notifications');
	await expect(notification(reviewer, '秘书处裁定维持您的决定')).toBeVisible();
});

test('a third cell may not change, until the reviewer opens it; everything else stays locked', async () => {
	await clerk.goto('/submissions');
	await clerk
		.getByRole('region', { name: '等您处理' })
		.getByRole('link', { name: '更正', exact: true })
		.click();
	await upload(clerk, lines, '三处.csv', [...open, later]);
	await expect(problemAt(later)).toContainText('本格未被退回，不能改动');
	await expect(clerk.getByRole('heading', { name: '有 1 处要改' })).toBeVisible();

	await reviewer.goto(`/reviews/${submission}?measure=injury_insured`);
	await expect(reviewer.getByRole('row').filter({ hasText: '已通过' }).first()).toBeVisible();
	await expect(reviewer.locator('input[name=mark]')).toHaveCount(0);
	await reviewer.goto(`/reviews/${submission}?measure=${measure}`);
	for (const position of open)
		await expect(reviewer.locator(`input[name=mark][value="${position}"]`)).toHaveCount(0);
	await reviewer.locator(`input[name=mark][value="${later}"]`).check();
	await reviewer.locator(`input[name=note_${later}]`).fill(more);
	await reviewer.getByLabel('为什么再开放').fill('填报单位来电说明');
	await confirmed(reviewer, '再开放单元格');
	await expect(reviewer).toHaveURL(/\?done=opened/);

	await clerk.goto(`/submissions/${submission}`);
	const cells = clerk
		.getByRole('status')
		.filter({ hasText: '上次退回的原因' })
		.getByRole('listitem');
	await expect(cells).toHaveCount(3);
	await expect(cells.filter({ hasText: more })).toContainText(shown(later));

	await clerk.getByRole('link', { name: '更正', exact: true }).click();
	await upload(clerk, lines, '五处.csv', [...open, later, never, settled]);
	await expect(clerk.getByRole('heading', { name: '有 2 处要改' })).toBeVisible();
	for (const position of [never, settled])
		await expect(problemAt(position)).toContainText('本格未被退回，不能改动');
});

test('printed, the review is a record: values, marks and reasons, nothing to press or to fill in', async () => {
	await reviewer.goto(`/reviews/${submission}?measure=${measure}&cell=${open[0]}`);
	await expect(reviewer.getByRole('button', { name: '再开放单元格' })).toBeVisible();
	await reviewer.emulateMedia({ media: 'print' });
	const main = reviewer.getByRole('main');
	for (const role of ['button', 'textbox', 'checkbox', 'combobox', 'search'] as const)
		await expect(reviewer.getByRole(role), role).toHaveCount(0);
	for (const said of [reason, ...notes, more, shown(never)]) await expect(main).toContainText(said);
	await expect(main.getByRole('list', { name: '来龙去脉' })).toContainText(notes[0] ?? '');
	await reviewer.emulateMedia({ media: null });
});

test('the corrected cells complete the filing', async () => {
	await clerk.getByRole('button', { name: '换一个文件' }).click();
	await upload(clerk, lines, '只改三处.csv', [...open, later]);
	const corrected = await filed(clerk);

	await reviewer.goto('/reviews');
	const waiting = reviewer.getByRole('row').filter({ hasText: organisation });
	await expect(waiting).toContainText('曾部分通过');
	await waiting.getByRole('link', { name: '审核' }).click();
	await expect(reviewer).toHaveURL(new RegExp(`/reviews/${corrected}`));
	await expect(reviewer.getByRole('main')).toContainText('本版之前退回的原因');
	await expect(reviewer.getByRole('button', { name: '键盘快捷键' })).toBeVisible();
	await reviewer.keyboard.press('a');
	await expect(reviewer.getByRole('dialog')).toBeVisible();
	await reviewer.keyboard.press('Enter');
	await expect(reviewer).toHaveURL(/\?done=accepted/);

	const now = lines.map((line, at) =>
		[...open, later].includes(at) ? line.with(4, plusOne(lines, at)) : line
	);
	expect(await figureOf('IN8')).toContain(rate('accident_covered_orders', measure, now));
	await clerk.goto('/submissions');
	const line = clerk.getByRole('row').filter({
		has: clerk.locator(`a[href="/submissions/${corrected}"]`)
	});
	await expect(line).toContainText('已通过');
});

/** The line of the organisation among those whose figures make an indicator, as the secretariat sees it. */
async function figureOf(indicator: string): Promise<string> {
	await secretariat.goto(`/indicators/${indicator}?period=${period}`);
	const line = secretariat.getByRole('row').filter({ hasText: organisation });
	return (await line.first().textContent()) ?? '';
}

function rate(numerator: string, denominator: string, values: string[][]): string {
	const sum = (code: string) =>
		values.reduce((all, [of, , , , value]) => (of === code ? all + Number(value) : all), 0);
	return ((sum(numerator) / sum(denominator)) * 100).toFixed(1);
}

/** The line in which somebody was told of the organisation's filing. */
const notification = (page: Page, told: string) =>
	page
		.getByRole('main')
		.getByRole('link', { name: told })
		.filter({ hasText: organisation })
		.first();

const shown = (position: number) => Number(lines[position]?.[4]).toLocaleString('en');

const problemAt = (position: number) =>
	clerk.getByRole('row').filter({ has: clerk.getByText(`E${position + 1}`, { exact: true }) });
