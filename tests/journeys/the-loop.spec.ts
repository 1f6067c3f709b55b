import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { openXlsx, saveXlsx } from 'hucre/xlsx';
import { today } from '../../src/lib/kernel/day.ts';
import { monthsBefore } from '../../src/lib/kernel/period.ts';
import { columnLetters } from '../../src/lib/sheets/cells.ts';
import { account, asOwner, confirmed, pageOf } from '../people.ts';
import { picture } from './picture.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const indicator = { code: 'IN3', name: /工伤保险/ };
const proposal = '骑手工伤保险参保率为什么停在这里';
const reason = '标记的参保人数与上月相差太大，请核对后重新报送。';
const note = '是否多算了一个区？';

test.describe.configure({ mode: 'serial' });
test.slow();

/** What was filed, for the figures that others must see. */
let filed: { numerator: number; denominator: number };
let meeting: string;
let action: string;

test('a platform files its month, gets one cell back, corrects it, and the city accepts', async ({
	browser
}) => {
	const reporter = await pageOf(browser, 'reporter.xunda');
	const reviewer = await pageOf(browser, 'reviewer.city');

	await reporter.goto('/submissions');
	await reporter
		.getByRole('region', { name: '等您处理' })
		.getByRole('link', { name: '报送', exact: true })
		.click();
	await expect(reporter.getByRole('heading', { level: 1 })).toHaveText('报送：平台用工月报');
	// By occupation and district its month is more than anybody types.
	await expect(reporter.getByRole('link', { name: '在线填报' })).toHaveCount(0);
	const template = await downloaded(reporter, '下载 Excel 模板');

	const first = await filledIn(template);
	await upload(reporter, 'october.xlsx', first.bytes);
	await expect(reporter.getByText('已收到，等待审核。')).toBeVisible();
	const receipt = reporter.getByRole('heading', { name: '报送回执' }).locator('..').locator('..');
	await expect(receipt).toContainText('第 1 版');
	await expect(receipt).toContainText(createHash('sha256').update(first.bytes).digest('hex'));

	await openReview(reviewer);
	await reviewer.getByRole('checkbox', { name: `标记 ${first.cell} 要更正` }).check();
	await reviewer.getByRole('textbox', { name: `给 ${first.cell} 的说明` }).fill(note);
	await reviewer.getByLabel('退回原因').fill(reason);
	await confirmed(reviewer, '退回更正');
	await expect(reviewer.getByRole('status').filter({ hasText: '已退回' })).toBeVisible();

	await reporter.goto('/');
	await expect(reporter.getByRole('main').getByText('已退回')).toBeVisible();
	await reporter.goto('/submissions');
	await reporter
		.getByRole('region', { name: '等您处理' })
		.getByRole('link', { name: '更正' })
		.click();
	const returned = reporter.getByRole('status').filter({ hasText: '上次退回的原因' });
	await expect(returned).toContainText(reason);
	await expect(returned.getByRole('listitem')).toHaveCount(1);
	await expect(returned.getByRole('listitem')).toContainText(first.cell);
	await expect(returned.getByRole('listitem')).toContainText('参加工伤保险人数');
	await expect(returned.getByRole('listitem')).toContainText(note);

	const second = await filledIn(template, 7);
	await upload(reporter, 'october corrected.xlsx', second.bytes);
	await expect(reporter.getByText('已收到，等待审核。')).toBeVisible();
	const versions = reporter.getByRole('navigation', { name: '版本' }).getByRole('link');
	await expect(versions).toHaveCount(2);
	await expect(reporter.getByRole('heading', { name: '报送回执' })).toBeVisible();

	await openReview(reviewer);
	await confirmed(reviewer, '通过');
	await expect(reviewer).toHaveURL(/\/reviews(\/[0-9a-f-]{36})?\?done=accepted/);
	await expect(reviewer.getByRole('status').filter({ hasText: '已通过。' })).toBeVisible();
	filed = second;
});

test('the secretariat reads the figure by name; a union delegate only as far as allowed', async ({
	browser
}) => {
	const secretariat = await pageOf(browser, 'secretariat');
	await secretariat.goto(`/indicators/${indicator.code}?period=${monthsAgo(1)}`);
	await expect(secretariat.getByRole('heading', { level: 1 })).toHaveText(indicator.name);
	const rate = ((filed.numerator / filed.denominator) * 100).toFixed(1);
	const line = secretariat.getByRole('row').filter({ hasText: '迅达外卖' });
	await expect(line.first()).toContainText(rate);

	const union = await pageOf(browser, 'officer.union');
	await union.goto(`/indicators/${indicator.code}?period=${monthsAgo(1)}`);
	await expect(union.getByRole('heading', { level: 1 })).toHaveText(indicator.name);
	await expect(union.getByRole('table').first()).toBeAttached();
	expect(await union.content()).not.toContain('迅达');
	const data = await union.request.get(`/indicators/${indicator.code}/data.csv`);
	expect(data.status()).toBe(200);
	expect(await data.text()).not.toContain('迅达');
});

test('the union proposes it, the secretariat plans a meeting and opens it on frozen figures', async ({
	browser
}) => {
	const union = await pageOf(browser, 'officer.union');
	await union.goto(`/indicators/${indicator.code}`);
	await union.getByRole('link', { name: '提出议题' }).click();
	await expect(union.getByRole('heading', { level: 1 })).toHaveText('会议');
	await expect(union.getByLabel('关联指标')).toHaveValue(indicator.code);
	await union.getByLabel('议题', { exact: true }).fill(proposal);
	await union
		.getByRole('textbox', { name: /^说明\s*（可不填）$/ })
		.fill('参保率三个月没有变化，请会议决定由谁推动。');
	await union.getByRole('button', { name: '提出议题' }).click();
	await expect(union.getByText('议题已提交给秘书处。')).toBeVisible();

	const secretariat = await pageOf(browser, 'secretariat');
	await secretariat.goto('/meetings');
	await secretariat.getByLabel('会议名称', { exact: true }).fill('工伤保险专题会议');
	await secretariat.getByLabel('时间', { exact: true }).fill(today(3) + 'T14:00');
	await secretariat.getByRole('textbox', { name: /^地点\s*（可不填）$/ }).fill('第一会议室');
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
	await expect(secretariat.getByRole('heading', { name: proposal })).toBeVisible();
	await confirmed(secretariat, '召开会议');
	await expect(secretariat.getByText('会议已召开，议程中的数字已冻结。')).toBeVisible();
	const hash = await secretariat.getByText(/^[0-9a-f]{64}$/).textContent();
	const snapshot = await downloaded(secretariat, '下载快照原文');
	expect(createHash('sha256').update(snapshot).digest('hex')).toBe(hash);
	expect(snapshot.toString()).toContain(indicator.code);
});

test('delegates vote for their organisations, and the resolution becomes a task of a community office', async ({
	browser
}) => {
	const secretariat = await pageOf(browser, 'secretariat');
	await secretariat.goto(meeting);
	await secretariat.getByText('提交表决').first().click();
	await secretariat
		.getByLabel('决议文本', { exact: true })
		.fill('由新华路街道牵头上门宣传工伤保险，两个月内报告结果。');
	await secretariat.getByRole('radio', { name: /简单多数/ }).check();
	await secretariat.getByRole('button', { name: '提交表决' }).click();
	await expect(secretariat.getByText('决议草案已提交表决。')).toBeVisible();

	const told = await pageOf(browser, 'officer.union');
	await told.goto('/notifications');
	const notification = told
		.getByRole('listitem')
		.filter({ hasText: `关于“${proposal}”的决议草案已提交表决` });
	await notification.getByRole('link').click();
	await expect(told).toHaveURL(new RegExp(`${meeting}#resolution-`));

	const another = await asOwner((client) =>
		client.query<{ id: string }>(
			`insert into public.resolutions (council_id, meeting_id, agenda_item_id, text_zh, text_en, decision_rule, proposed_by)
			 select council_id, meeting_id, agenda_item_id, text_zh, text_en, decision_rule, proposed_by
			 from public.resolutions where meeting_id = $1 returning id`,
			[meeting.split('/').at(-1)]
		)
	);
	const broken: Error[] = [];
	told.on('pageerror', (error) => broken.push(error));
	await told.goto('/');
	await expect(told.getByRole('link', { name: proposal, exact: true })).toHaveCount(2);
	// Scripts have begun once the key works.
	await expect(async () => {
		await told.keyboard.press('/');
		await expect(told.locator('input:focus')).toHaveAttribute('name', 'q', { timeout: 500 });
	}).toPass();
	expect(broken).toEqual([]);
	await asOwner((client) =>
		client.query('delete from public.resolutions where id = $1', [another.rows[0]?.id])
	);

	const votes: [string, string][] = [
		['officer.union', '赞成'],
		['officer.xinhua', '赞成'],
		['officer.party', '赞成'],
		['officer.social', '赞成'],
		['delegate.labour', '赞成'],
		['delegate.pudong', '弃权'],
		['delegate.xunda', '保留意见'],
		['secretariat', '赞成']
	];
	for (const [person, choice] of votes) {
		const delegate = await pageOf(browser, person);
		await delegate.goto(meeting);
		await delegate.getByRole('radio', { name: choice }).check();
		if (choice === '保留意见') {
			await delegate.getByLabel('理由').fill('太贵');
			await delegate.getByRole('button', { name: '提交表决意见' }).click();
			const field = delegate.getByRole('textbox', { name: '理由' });
			await expect(field).toHaveAttribute('aria-invalid', 'true');
			await expect(field).toHaveAccessibleDescription(
				/保留意见必须写明理由（至少 5 个字），没有记录/
			);
			await expect(field).toHaveValue('太贵');
			await expect(delegate.getByRole('radio', { name: choice })).toBeChecked();
			await delegate.getByLabel('理由').fill('费用由谁承担还没有说明。');
		}
		await delegate.getByRole('button', { name: '提交表决意见' }).click();
		await expect(delegate.getByText('已记录您单位的表决')).toBeVisible();
		await delegate.context().close();
	}

	await told.goto('/notifications');
	await expect(notification).toContainText('已过时');

	await secretariat.goto(meeting);
	await expect(secretariat.getByText('费用由谁承担还没有说明。')).toBeVisible();
	await confirmed(secretariat, '结束表决');
	await expect(secretariat.getByText('表决结束，决议通过。')).toBeVisible();
	await expect(secretariat.getByRole('heading', { name: /^决议 \d{4}-\d+-\d+$/ })).toBeVisible();

	await secretariat.getByRole('link', { name: '由此派发任务' }).click();
	await secretariat.getByLabel('任务名称', { exact: true }).fill('上门宣传工伤保险');
	await secretariat.getByLabel('责任单位').selectOption({ label: '新华路街道社区服务办公室' });
	await secretariat.getByLabel('验收单位').selectOption({ label: '市新业态工会联合会' });
	await secretariat.getByLabel('期限').fill(today(60));
	await secretariat.getByLabel('完成标准', { exact: true }).fill('走访不少于 20 个站点，附照片。');
	await expect(secretariat.getByLabel('关联指标')).toHaveValue(indicator.code);
	await secretariat.getByLabel('预期值').fill('45');
	await secretariat.getByLabel('基期').fill(monthsAgo(2));
	await secretariat.getByRole('button', { name: '派发' }).click();
	await expect(secretariat.getByText('任务已派发。')).toBeVisible();
	action = new URL(secretariat.url()).pathname;
});

test('the office reports with a photo, the union sends it back once, then accepts, and all see before and after', async ({
	browser
}) => {
	const officer = await pageOf(browser, 'officer.xinhua');
	await officer.goto('/');
	await officer.getByRole('link', { name: '上门宣传工伤保险' }).first().click();
	await expect(officer.getByRole('heading', { level: 1 })).toHaveText('上门宣传工伤保险');
	await report(officer, { text: '走访了 12 个站点。', progress: '60', photo: true });
	await expect(officer.getByText('进展已记录。')).toBeVisible();
	const photo = officer.getByRole('img', { name: '照片：visit.png' });
	await expect(photo).toBeVisible();
	await expect
		.poll(() => photo.evaluate((image) => (image as HTMLImageElement).naturalWidth))
		.toBeGreaterThan(0);
	await report(officer, { text: '走访了 20 个站点，全部完成。', progress: '100', done: true });
	await expect(officer.getByText('已报告完成，等待验收。')).toBeVisible();

	const union = await pageOf(browser, 'officer.union');
	await union.goto(action);
	await union.getByLabel('退回理由').fill('照片只有一个站点，请补充其余站点的记录。');
	await confirmed(union, '退回');
	await expect(union.getByText('任务已退回')).toBeVisible();

	await officer.goto(action);
	await expect(officer.getByText('照片只有一个站点')).toBeVisible();
	await report(officer, {
		text: '已补充全部站点的记录。',
		progress: '100',
		photo: true,
		done: true
	});
	await expect(officer.getByText('已报告完成，等待验收。')).toBeVisible();

	await formerly('officer.union', 'officer.xinhua', async () => {
		await union.goto(action);
		await expect(union.getByText('不能决定自己单位的事。')).toBeVisible();
		await expect(union.getByRole('button', { name: '验收通过' })).toHaveCount(0);
	});
	await union.goto(action);
	await confirmed(union, '验收通过');
	await expect(union.getByText('任务已验收。')).toBeVisible();

	await officer.goto(action);
	await expect(officer.getByText('已验收', { exact: true }).first()).toBeVisible();
	const effect = officer
		.getByRole('heading', { name: '决定前后的指标' })
		.locator('..')
		.locator('..');
	await expect(effect).toContainText('新华路街道社区服务办公室不报送这项指标');
	await expect(effect.getByRole('img').first()).toBeVisible();
});

test('an office looks back at an earlier decision and reads what changed since', async ({
	browser
}) => {
	const page = await pageOf(browser, 'officer.union');
	await page.goto('/action-items?show=all&status=accepted');
	const addresses = await page
		.getByRole('row')
		.getByRole('link')
		.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
	const texts: string[] = [];
	for (const address of addresses.filter((one) => one.startsWith('/action-items/'))) {
		await page.goto(address);
		texts.push(await page.getByRole('main').innerText());
	}
	const says = (words: string) => texts.filter((text) => text.includes(words)).length;
	expect(says('95% 区间')).toBeGreaterThan(0);
	expect(says('改善')).toBeGreaterThan(0);
	expect(says('看不出变化')).toBeGreaterThan(0);
	expect(says('不报送这项指标')).toBeGreaterThan(0);
});

/** While somebody left the organisation of another only yesterday. */
async function formerly(who: string, of: string, act: () => Promise<void>): Promise<void> {
	const person = `select p.id from public.people p where p.email = $1`;
	const made = await asOwner((client) =>
		client.query<{ person_id: string; organisation_id: string }>(
			`insert into public.members (person_id, organisation_id, roles, ended_at)
			 select (${person}), m.organisation_id, '{viewer}', now() - interval '1 day'
			 from public.members m join public.people p on p.id = m.person_id where p.email = $2
			 returning person_id, organisation_id`,
			[account(who).email, account(of).email]
		)
	);
	expect(made.rowCount).toBe(1);
	await act();
	await asOwner((client) =>
		client.query('delete from public.members where person_id = $1 and organisation_id = $2', [
			made.rows[0]?.person_id,
			made.rows[0]?.organisation_id
		])
	);
}

async function downloaded(page: Page, link: string): Promise<Buffer> {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: link }).click()
	]);
	return readFile(await download.path());
}

/** The template with last month's figures; the first count of insured workers is `more` higher. */
async function filledIn(template: Buffer, more = 400) {
	const book = await openXlsx(template);
	const sheet = book.sheets[0];
	if (!sheet) throw new Error('the template has no sheet');
	const codes = (sheet.rows[1] ?? []).map((code) => String(code ?? ''));
	const column = (code: string) => codes.indexOf(code);
	let cell = '';
	const sums = { injury_insured: 0, active_workers: 0 };
	sheet.rows.slice(2).forEach((row, index) => {
		codes.forEach((code, at) => {
			if (!code.endsWith(' previous')) return;
			const target = column(code.replace(' previous', ''));
			const value = row[at];
			if (typeof value !== 'number') return;
			row[target] = value;
			const measure = codes[target];
			if (measure === 'injury_insured' && !cell) {
				cell = `${columnLetters(target)}${index + 3}`;
				row[target] = value + more;
			}
			if (measure === 'injury_insured' || measure === 'active_workers')
				sums[measure] += Number(row[target]);
		});
	});
	const bytes = Buffer.from(await saveXlsx(book));
	return { bytes, cell, numerator: sums.injury_insured, denominator: sums.active_workers };
}

async function upload(page: Page, name: string, bytes: Buffer): Promise<void> {
	await page
		.getByLabel('选择文件，或拖到这里')
		.setInputFiles({ name, mimeType: XLSX, buffer: bytes });
	await page.getByRole('button', { name: '检查并报送' }).click();
	await expect(page).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/, { timeout: 30_000 });
}

async function openReview(page: Page): Promise<void> {
	await page.goto('/reviews');
	await page
		.getByRole('row')
		.filter({ hasText: '迅达外卖' })
		.getByRole('link', { name: '审核' })
		.click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('迅达外卖');
}

async function report(
	page: Page,
	said: { text: string; progress: string; photo?: boolean; done?: boolean }
): Promise<void> {
	const form: Locator = page.getByRole('main');
	await form.getByLabel('说明', { exact: true }).fill(said.text);
	await form.getByLabel('进度（%）').fill(said.progress);
	if (said.photo)
		await form
			.getByLabel('证明材料', { exact: true })
			.setInputFiles({ name: 'visit.png', mimeType: 'image/png', buffer: picture });
	if (said.done) await form.getByRole('checkbox', { name: /任务已完成/ }).check();
	await form.getByRole('button', { name: '提交报告' }).click();
}

/** Months as the calendar of the council has them: 2026-10 is the newest to be filed in November 2026. */
function monthsAgo(count: number): string {
	return monthsBefore(today(), count).slice(0, 7);
}
