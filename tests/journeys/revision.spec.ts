import { expect, test, type Page } from '@playwright/test';
import { today } from '../../src/lib/kernel/day.ts';
import { monthsBefore } from '../../src/lib/kernel/period.ts';
import { confirmed, pageOf } from '../people.ts';

// A figure that was accepted and put before a meeting turns out to be wrong.

const indicator = 'IN3';
const measure = 'injury_insured';
const proposal = '复核工伤保险参保率';
const why = '漏扣了已注销的账号';

test.describe.configure({ mode: 'serial' });
test.slow();

/** The meeting that had the old figure before it, and what its snapshot says. */
let meeting: string;
let frozen: { value: string; period: string; hash: string };
let corrected: string;
/** The value that is wrong, and what it should be. */
let old: number;
let right: number;
/** Where it stands in the file. */
let cell: string;

test('a meeting freezes the figure of a month', async ({ browser }) => {
	const secretariat = await pageOf(browser, 'secretariat');
	await secretariat.goto(`/meetings?indicator=${indicator}#propose`);
	await secretariat.getByLabel('议题', { exact: true }).fill(proposal);
	await secretariat.getByRole('button', { name: '提出议题' }).click();
	await expect(secretariat.getByText('议题已提交给秘书处。')).toBeVisible();
	await secretariat.getByLabel('会议名称', { exact: true }).fill('数据复核会议');
	await secretariat.getByLabel('时间', { exact: true }).fill(`${today(1)}T10:00`);
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
	// What the item rests on is the newest finished month.
	await openAccepted(reporter, frozen.period);
	const accepted = reporter.url();
	const csv = await (await reporter.request.get(`${accepted}/entries.csv`)).text();

	await reporter.getByRole('link', { name: '修订', exact: true }).click();
	await expect(reporter.getByRole('heading', { name: '修订已通过的数据' })).toBeVisible();
	await expect(reporter.getByLabel('选择文件，或拖到这里')).toHaveCount(0);
	await openRevision(reporter);
	corrected = await sendCorrected(reporter, correct(csv));
	const list = revisionsOf(reporter);
	await expect(list).toContainText('修订中');
	await expect(list).toContainText(why);

	const reviewer = await pageOf(browser, 'reviewer.city');
	await reviewer.goto(corrected);
	await expect(revisionsOf(reviewer)).toContainText(why);
	await accept(reviewer, corrected);

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
		await expect(member.getByText(/冻结之后，.*的数字有修订/)).toBeVisible();
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

test('a locked month is corrected by an exception alone, which the secretariat records with its reason and its end', async ({
	browser
}) => {
	const permission = '审计发现走访次数重复计算，可修订一次。';
	const until = today(20);
	const clerk = await pageOf(browser, 'officer.yangjing');
	await openAccepted(clerk, month(9));
	const accepted = new URL(clerk.url()).pathname;
	const csv = await (await clerk.request.get(`${accepted}/entries.csv`)).text();
	await clerk.getByRole('link', { name: '修订', exact: true }).click();
	await expect(clerk.getByText(/这一期已于 .* 之后锁定/)).toBeVisible();
	const obligation = new URL(clerk.url()).searchParams.get('obligation') ?? '';
	await expect(clerk.getByLabel('修订理由')).toHaveCount(0);
	await expect(clerk.getByLabel('选择文件，或拖到这里')).toHaveCount(0);

	const reviewer = await pageOf(browser, 'reviewer.pudong');
	for (const page of [clerk, reviewer]) {
		await page.goto(accepted);
		await expect(page.getByText('已通过', { exact: true }).first()).toBeVisible();
		await expect(page.getByLabel('例外理由')).toHaveCount(0);
		await expect(page.getByLabel('撤销理由')).toHaveCount(0);
	}

	const secretariat = await pageOf(browser, 'secretariat');
	await secretariat.goto(accepted);
	await secretariat.getByLabel('例外理由').fill(permission);
	await secretariat.getByLabel('例外至').fill(today(120));
	await confirmed(secretariat, '给予例外');
	await expect(secretariat.getByText('例外的截止日要在今天起 90 天以内')).toBeVisible();
	await expect(secretariat.getByLabel('例外理由')).toHaveValue(permission);
	await secretariat.getByLabel('例外至').fill(until);
	await confirmed(secretariat, '给予例外');
	await expect(secretariat.getByText('已保存。')).toBeVisible();
	await expect(secretariat.getByLabel('例外理由')).toHaveCount(0);
	await expect(revisionsOf(secretariat)).toContainText(`可修订至 ${until}：${permission}`);

	await clerk.goto(`/submissions/deadlines/${obligation}`);
	await expect(clerk.getByText(`秘书处已给予例外，${until} 前可修订这一期`)).toBeVisible();
	await expect(clerk.getByText(permission)).toBeVisible();
	await clerk.goto(`/submissions/new?obligation=${obligation}`);
	await expect(clerk.getByText(permission)).toBeVisible();
	await openRevision(clerk);
	const late = await sendCorrected(clerk, correct(csv, 'station_visits', 10));
	for (const by of [reviewer, await pageOf(browser, 'reviewer.city')]) await accept(by, late);

	await clerk.goto(late);
	await expect(revisionsOf(clerk)).toContainText(`修订于 ${today()}`);
	await expect(revisionsOf(clerk)).toContainText(permission);
	const code = /\/indicators\/\w+/.exec(
		(await revisionsOf(clerk).locator('a[href^="/indicators/"]').first().getAttribute('href')) ?? ''
	)?.[0];
	await secretariat.goto(code ?? '');
	await expect(revisionsOf(secretariat)).toContainText(`锁定之后经秘书处给予例外：${permission}`);
	const neighbour = await pageOf(browser, 'officer.xinhua');
	await neighbour.goto(code ?? '');
	await expect(revisionsOf(neighbour)).toContainText(`修订于 ${today()}`);
	expect(await neighbour.content()).not.toContain(permission);

	const auditor = await pageOf(browser, 'auditor');
	await auditor.goto('/audit?verb=grant_exception');
	const recorded = auditor
		.getByRole('row')
		.filter({ hasText: '给予例外' })
		.filter({ hasText: '洋泾' });
	await expect(recorded.first()).toContainText(until);
});

test('a revision that is sent back is objected to: both versions stand until the secretariat decides, with a reason', async ({
	browser
}) => {
	const doubt = '走访次数与签到表不一致，请核对。';
	const objection = '签到表漏登了两次上门走访，修订后的数字是对的。';
	const ruling = '核对走访照片后，认定修订后的数字。';
	const clerk = await pageOf(browser, 'officer.jiangsu');
	await openAccepted(clerk, month(1));
	const accepted = new URL(clerk.url()).pathname;
	const csv = await (await clerk.request.get(`${accepted}/entries.csv`)).text();
	await clerk.getByRole('link', { name: '修订', exact: true }).click();
	await openRevision(clerk);
	const objected = await sendCorrected(clerk, correct(csv, 'station_visits', 10));

	const reviewer = await pageOf(browser, 'reviewer.changning');
	await reviewer.goto(objected);
	await reviewer.getByRole('link', { name: '审核', exact: true }).last().click();
	await reviewer.getByRole('checkbox', { name: `标记 ${cell} 要更正` }).check();
	await reviewer.getByRole('textbox', { name: `给 ${cell} 的说明` }).fill(doubt);
	await reviewer.getByLabel('退回原因').fill(doubt);
	await confirmed(reviewer, '退回更正');
	await expect(reviewer.getByRole('status').filter({ hasText: '已退回' })).toBeVisible();

	await clerk.goto(objected);
	await clerk.getByLabel('异议理由').fill(objection);
	await confirmed(clerk, '提出异议');
	const dispute = (page: Page) =>
		page.getByRole('heading', { name: '对退回的异议' }).locator('xpath=ancestor::section[1]');
	for (const page of [clerk, reviewer]) {
		await page.goto(objected);
		await expect(dispute(page)).toContainText('等待秘书处裁定');
		for (const said of [objection, doubt, shown(old), shown(right)])
			await expect(dispute(page)).toContainText(said);
		await expect(page.getByRole('button', { name: '裁定' })).toHaveCount(0);
		await expect(page.getByRole('navigation', { name: '版本' }).getByRole('link')).toHaveCount(2);
	}
	// What was accepted still counts.
	await clerk.goto(accepted);
	await expect(clerk.getByText('已通过', { exact: true }).first()).toBeVisible();
	expect(await (await clerk.request.get(`${accepted}/entries.csv`)).text()).toBe(csv);
	const stranger = await pageOf(browser, 'officer.tianshan');
	expect((await stranger.request.get(objected)).status()).toBe(404);

	const secretariat = await pageOf(browser, 'secretariat');
	await secretariat.goto('/submissions');
	await secretariat
		.locator(`a[href="${objected}"]`)
		.filter({ hasText: '江苏路街道' })
		.first()
		.click();
	await secretariat.getByRole('radio', { name: /按原报通过/ }).check();
	await secretariat.getByLabel('裁定理由').fill(ruling);
	await secretariat.getByRole('button', { name: '裁定' }).click();
	await expect(secretariat.getByText('已保存。')).toBeVisible();
	await expect(dispute(secretariat)).toContainText(ruling);

	// The district's stage counts as passed; the city still decides.
	await accept(await pageOf(browser, 'reviewer.city'), objected);
	await clerk.goto(objected);
	await expect(clerk.getByText('已通过', { exact: true }).first()).toBeVisible();
	for (const said of ['按原报通过', ruling, objection, doubt])
		await expect(dispute(clerk)).toContainText(said);
	await expect(revisionsOf(clerk)).toContainText(`修订于 ${today()}`);
	await clerk.goto(accepted);
	expect(await (await clerk.request.get(`${accepted}/entries.csv`)).text()).toBe(csv);
});

/** The accepted filing of a month, so many back. */
async function openAccepted(clerk: Page, of: string): Promise<void> {
	await clerk.goto('/submissions?state=accepted');
	await clerk.getByRole('row').filter({ hasText: of }).getByRole('link', { name: '查看' }).click();
	await expect(clerk.getByText('已通过', { exact: true }).first()).toBeVisible();
}

async function openRevision(clerk: Page): Promise<void> {
	await clerk.getByLabel('修订理由').fill(why);
	await confirmed(clerk, '修订');
	await expect(clerk.getByRole('status').filter({ hasText: why })).toBeVisible();
}

/** Files a corrected version; gives its address. */
async function sendCorrected(clerk: Page, csv: string): Promise<string> {
	await clerk.getByLabel('选择文件，或拖到这里').setInputFiles({
		name: 'corrected.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(csv)
	});
	await clerk.getByRole('button', { name: '检查并报送' }).click();
	await expect(clerk).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/, { timeout: 30_000 });
	return new URL(clerk.url()).pathname;
}

/** One stage of the review. */
async function accept(reviewer: Page, filing: string): Promise<void> {
	await reviewer.goto(filing);
	await reviewer.getByRole('link', { name: '审核', exact: true }).last().click();
	await confirmed(reviewer, '通过');
	await expect(reviewer).toHaveURL(/\?done=(accepted|submitted)/);
}

const revisionsOf = (page: Page) =>
	page
		.getByRole('heading', { name: '修订记录', exact: true })
		.locator('xpath=ancestor::section[1]');

/** The file as it was filed, with one count three lower. */
function correct(csv: string, code = measure, over = 100): string {
	const lines = csv.split('\r\n');
	const at = lines.findIndex((line) => {
		const cells = line.split(',');
		return cells[0] === code && Number(cells[4]) > over;
	});
	const cells = lines[at]?.split(',') ?? [];
	old = Number(cells[4]);
	right = old - 3;
	cell = `E${at + 1}`;
	return lines.with(at, cells.with(4, String(right)).join(',')).join('\r\n');
}

async function frozenIn(page: Page): Promise<typeof frozen> {
	const figures = page.getByRole('table').filter({ hasText: '冻结' }).first();
	const cell = (row: number) =>
		figures.getByRole('row').nth(row).getByRole('cell').first().textContent();
	return {
		value: (await cell(1)) ?? '',
		period: /\d{4}年\d+月/.exec((await cell(2)) ?? '')?.[0] ?? '',
		hash: (await page.getByText(/^[0-9a-f]{64}$/).textContent()) ?? ''
	};
}

const shown = (value: number) => value.toLocaleString('en');

/** A month so many back, as the page writes it; 1 is the newest to be filed. */
function month(back: number): string {
	const [year, month] = monthsBefore(today(), back).split('-');
	return `${year}年${Number(month)}月`;
}
