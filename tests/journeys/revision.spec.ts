import { expect, test, type Page } from '@playwright/test';
import { pageOf } from '../people.ts';

// A figure that was accepted and put before a meeting turns out to be wrong.

const indicator = 'IN3';
const measure = 'injury_insured';
const proposal = '复核工伤保险参保率';
const why = '漏扣了已注销的账号';

test.describe.configure({ mode: 'serial' });
test.slow();

/** The meeting that had the old figure before it, and what its snapshot says. */
let meeting: string;
let frozen: { value: string; hash: string };
let corrected: string;
/** The value that is wrong, and what it should be. */
let old: number;
let right: number;

test('a meeting freezes the figure of a month', async ({ browser }) => {
	const secretariat = await pageOf(browser, 'secretariat');
	await secretariat.goto(`/meetings?indicator=${indicator}#propose`);
	await secretariat.getByLabel('议题', { exact: true }).fill(proposal);
	await secretariat.getByRole('button', { name: '提出议题' }).click();
	await expect(secretariat.getByText('议题已提交给秘书处。')).toBeVisible();
	await secretariat.getByLabel('会议名称', { exact: true }).fill('数据复核会议');
	await secretariat.getByLabel('时间', { exact: true }).fill(`${tomorrow()}T10:00`);
	await secretariat.getByRole('button', { name: '安排会议' }).click();
	await expect(secretariat.getByText('会议已安排。')).toBeVisible();
	meeting = new URL(secretariat.url()).pathname;

	await secretariat.goto('/meetings');
	const waiting = secretariat
		.getByRole('listitem')
		.filter({ has: secretariat.getByRole('heading', { name: proposal }) });
	await waiting.getByLabel('列入哪次会议').selectOption(meeting.split('/').at(-1) ?? '');
	await waiting.getByRole('button', { name: '列入', exact: true }).click();
	await expect(secretariat.getByText('议题已列入会议议程。')).toBeVisible();
	await secretariat.goto(meeting);
	await confirmed(secretariat, '召开会议');
	await expect(secretariat.getByText('会议已召开，议程中的数字已冻结。')).toBeVisible();
	frozen = await frozenIn(secretariat);
	await expect(secretariat.getByText(/修订于/)).toHaveCount(0);
});

test('a platform corrects what was accepted: first the reason, then the file, then the review again', async ({
	browser
}) => {
	const reporter = await pageOf(browser, 'office.yunjian');
	await reporter.goto('/submissions?state=accepted');
	await reporter
		.getByRole('row')
		.filter({ hasText: month() })
		.getByRole('link', { name: '查看' })
		.click();
	await expect(reporter.getByText('已通过', { exact: true }).first()).toBeVisible();
	const accepted = reporter.url();
	const csv = await (await reporter.request.get(`${accepted}/entries.csv`)).text();

	await reporter.getByRole('link', { name: '更正', exact: true }).click();
	await expect(reporter.getByRole('heading', { name: '更正已通过的数据' })).toBeVisible();
	await expect(reporter.getByLabel('选择文件，或拖到这里')).toHaveCount(0);
	await reporter.getByLabel('更正理由').fill(why);
	await confirmed(reporter, '更正');
	await expect(reporter.getByRole('status').filter({ hasText: why })).toBeVisible();

	await reporter.getByLabel('选择文件，或拖到这里').setInputFiles({
		name: 'corrected.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(correct(csv))
	});
	await reporter.getByRole('button', { name: '检查并报送' }).click();
	await expect(reporter).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/, { timeout: 30_000 });
	corrected = new URL(reporter.url()).pathname;
	const list = revisionsOf(reporter);
	await expect(list).toContainText('更正中');
	await expect(list).toContainText(why);

	const reviewer = await pageOf(browser, 'reviewer.city');
	await reviewer.goto(corrected);
	await expect(revisionsOf(reviewer)).toContainText(why);
	await reviewer.getByRole('link', { name: '审核', exact: true }).last().click();
	await confirmed(reviewer, '通过');
	await expect(reviewer).toHaveURL(/\?done=accepted/);

	// The version before is still there to read, as it was.
	await reporter.goto(accepted);
	expect(await (await reporter.request.get(`${accepted}/entries.csv`)).text()).toBe(csv);
});

test('the revision tells old, new, who, when, why and its effect to those it concerns', async ({
	browser
}) => {
	const reporter = await pageOf(browser, 'office.yunjian');
	await reporter.goto(corrected);
	const own = revisionsOf(reporter);
	await expect(own).toContainText(`修订于 ${today()}`);
	await expect(own).toContainText(why);
	const changes = own.getByRole('table').first();
	await expect(changes.getByRole('row')).toHaveCount(2);
	await expect(changes).toContainText(shown(old));
	await expect(changes).toContainText(shown(right));
	await expect(own.getByText('对汇总的影响').first()).toBeVisible();
	await expect(own).not.toContainText('合计原为');

	const secretariat = await pageOf(browser, 'secretariat');
	await secretariat.goto(corrected);
	await expect(revisionsOf(secretariat)).toContainText('合计原为');
	await secretariat.goto(`/indicators/${indicator}`);
	const marks = revisionsOf(secretariat);
	await expect(marks).toContainText(why);
	await expect(marks.getByRole('link')).toHaveAttribute('href', corrected);
});

test('the meeting keeps what it had before it, and says that it was revised', async ({
	browser
}) => {
	for (const who of ['secretariat', 'officer.union', 'reporter.xiaobu']) {
		const member = await pageOf(browser, who);
		await member.goto(meeting);
		await expect(member.getByText(`修订于 ${today()}`).first()).toBeVisible();
		await expect(member.getByText(/冻结之后，.*的数字有更正/)).toBeVisible();
		if (who === 'secretariat') expect(await frozenIn(member)).toEqual(frozen);
	}
});

test('a rival learns that the month was revised, and nothing else', async ({ browser }) => {
	const rival = await pageOf(browser, 'reporter.xiaobu');
	expect((await rival.request.get(corrected)).status()).toBe(404);
	for (const path of [
		`/indicators/${indicator}`,
		meeting,
		'/submissions/completeness',
		'/submissions'
	]) {
		await rival.goto(path);
		const html = await rival.content();
		expect(html, path).not.toContain(why);
		expect(html, path).not.toContain(corrected);
		// Who sits in a meeting is known to all who sit there.
		if (path !== meeting) expect(html, path).not.toContain('云笺');
	}
	await rival.goto(`/indicators/${indicator}`);
	const marks = revisionsOf(rival);
	await expect(marks).toContainText(`修订于 ${today()}`);
	await expect(marks.getByRole('link')).toHaveCount(0);
	await expect(marks).not.toContainText('→');
});

const revisionsOf = (page: Page) =>
	page
		.getByRole('heading', { name: '修订记录', exact: true })
		.locator('xpath=ancestor::section[1]');

/** The file as it was filed, with one count three lower. */
function correct(csv: string): string {
	const lines = csv.split('\r\n');
	const at = lines.findIndex((line) => {
		const cells = line.split(',');
		return cells[0] === measure && Number(cells[4]) > 100;
	});
	const cells = lines[at]?.split(',') ?? [];
	old = Number(cells[4]);
	right = old - 3;
	return lines.with(at, cells.with(4, String(right)).join(',')).join('\r\n');
}

async function frozenIn(page: Page): Promise<{ value: string; hash: string }> {
	const figures = page.getByRole('table').filter({ hasText: '冻结' }).first();
	return {
		value: (await figures.getByRole('row').nth(1).getByRole('cell').first().textContent()) ?? '',
		hash: (await page.getByText(/^[0-9a-f]{64}$/).textContent()) ?? ''
	};
}

/** Presses a button that asks first, and says yes. */
async function confirmed(page: Page, button: string): Promise<void> {
	await page.getByRole('main').getByRole('button', { name: button, exact: true }).click();
	await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
}

const inShanghai = (days = 0) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000);
const today = () => inShanghai().toISOString().slice(0, 10);
const tomorrow = () => inShanghai(1).toISOString().slice(0, 10);
const shown = (value: number) => value.toLocaleString('en');

/** The newest month to be filed, as the page writes it. */
function month(): string {
	const now = inShanghai();
	const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
	return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月`;
}
