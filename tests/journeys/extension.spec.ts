import { expect, test, type Locator, type Page } from '@playwright/test';
import { asOwner, confirmed, pageOf } from '../people.ts';

const reason = '系统迁移，十月数据需要重新核对。';
const answer = '同意延期，请按新的截止日报送。';

test('a clerk asks for more time, the city decides, and the due date moves on every page and in the calendar', async ({
	browser,
	request
}) => {
	const clerk = await pageOf(browser, 'office.linli');
	const reviewer = await pageOf(browser, 'reviewer.city');

	await clerk.goto('/submissions/calendar');
	await clerk.getByRole('button', { name: '生成订阅地址' }).click();
	const address = await clerk.getByLabel('订阅地址', { exact: true }).inputValue();

	await clerk.goto('/submissions');
	const waiting = clerk.getByRole('region', { name: '等您处理' });
	await waiting.getByRole('link', { name: '申请延期' }).last().click();
	await expect(clerk.getByRole('heading', { level: 1 })).toHaveText('报送期限');
	const obligation = new URL(clerk.url()).pathname.split('/').at(-1) ?? '';
	const original = await fact(clerk, '截止日期');
	expect(await dayOf(address, obligation)).toEqual({ day: original, sequence: '0' });

	const wished = daysAfter(Math.max(Date.parse(original), Date.now()), 21);
	await clerk.getByLabel('希望的截止日').fill(wished);
	await clerk.getByRole('textbox', { name: '原因' }).fill('太忙');
	await clerk.getByRole('button', { name: '提交申请' }).click();
	await expect(clerk.getByText('申请已提交')).toHaveCount(0);
	await clerk.getByRole('textbox', { name: '原因' }).fill(reason);
	await clerk.getByRole('button', { name: '提交申请' }).click();
	await expect(clerk.getByText('申请已提交，等待决定。')).toBeVisible();
	expect(await fact(clerk, '截止日期')).toBe(original);
	await clerk.goto('/submissions');
	await expect(waiting.getByText(`已申请延至 ${wished}，待决定`)).toBeVisible();
	await clerk.goto(`/submissions/new?obligation=${obligation}`);
	await expect(clerk.getByRole('link', { name: `已申请延至 ${wished}，待决定` })).toBeVisible();

	await reviewer.goto('/');
	await expect(reviewer.getByRole('heading', { name: '待决定的延期' })).toBeVisible();
	await reviewer.locator(`a[href="/submissions/deadlines/${obligation}"]`).first().click();
	await expect(reviewer.getByText(reason).first()).toBeVisible();
	const given = daysAfter(Date.parse(wished), 1);
	await reviewer.getByLabel('新的截止日').fill(given);
	await reviewer.getByRole('textbox', { name: '说明' }).fill(answer);
	await confirmed(reviewer, '同意延期');
	await expect(reviewer.getByText('截止日已变更。')).toBeVisible();

	await clerk.goto(`/submissions/deadlines/${obligation}`);
	const moved = await fact(clerk, '截止日期');
	expect(moved >= given).toBe(true);
	expect(await fact(clerk, '原截止日')).toBe(original);
	await expect(fields(clerk, '状态')).not.toContainText('逾期');
	await expect(clerk.getByText(answer)).toBeVisible();
	await clerk.goto('/submissions');
	await expect(waiting.getByText(`原截止日 ${original}`)).toBeVisible();
	expect(await dayOf(address, obligation)).toEqual({ day: moved, sequence: '1' });

	await clerk.goto('/notifications');
	await expect(clerk.getByRole('link', { name: `已获同意延至 ${moved}` })).toBeVisible();
	// Also where the rail has no room for it, the number stands on what it is behind.
	const unread = /\d+/.exec(await clerk.getByText(/^\d+ 条未读$/).innerText())?.[0] ?? '';
	const more = clerk.locator('summary').filter({ hasText: '更多' });
	await expect(more).toBeHidden();
	for (const width of [768, 375]) {
		await clerk.setViewportSize({ width, height: 720 });
		await expect(more).toContainText(`通知，${unread} 条未读`);
		await expect(more.getByText(unread, { exact: true })).toBeInViewport();
	}
	await clerk.getByRole('button', { name: '全部标为已读' }).click();
	await expect(clerk.getByText('0 条未读')).toBeVisible();
	await expect(more).not.toContainText('未读');
	await clerk.setViewportSize({ width: 1280, height: 720 });

	await clerk.goto('/submissions/calendar');
	await confirmed(clerk, '停用');
	await expect(clerk.getByText('地址已停用。')).toBeVisible();
	expect((await request.get(address)).status()).toBe(404);

	/** Where an obligation stands in the calendar that the address gives. */
	async function dayOf(address: string, obligation: string) {
		const file = await request.get(address);
		expect(file.headers()['content-type']).toBe('text/calendar; charset=utf-8');
		const text = (await file.text()).replaceAll('\r\n ', '');
		const event = text.split('BEGIN:VEVENT').find((part) => part.includes(`UID:${obligation}@`));
		const [, year, month, day] = /DTSTART;VALUE=DATE:(\d{4})(\d\d)(\d\d)/.exec(event ?? '') ?? [];
		return { day: `${year}-${month}-${day}`, sequence: /SEQUENCE:(\d+)/.exec(event ?? '')?.[1] };
	}
});

test('an excused period says so and takes nothing, by file or by form', async ({ browser }) => {
	const clerk = await pageOf(browser, 'office.linli');
	await clerk.goto('/submissions?state=excused');
	await clerk.getByRole('row').getByRole('link', { name: '期限' }).first().click();
	await expect(clerk.getByRole('heading', { level: 1 })).toHaveText('报送期限');
	const obligation = new URL(clerk.url()).pathname.split('/').at(-1) ?? '';
	for (const path of ['new', 'new/form']) {
		await clerk.goto(`/submissions/${path}?obligation=${obligation}`);
		await expect(clerk.getByText('这一期已经免报，不需要报送')).toBeVisible();
		await expect(clerk.getByLabel('选择文件，或拖到这里')).toHaveCount(0);
	}
	await expect(clerk.getByRole('main')).not.toContainText('逾期');
});

test('a period of the convener is excused by the other authority, and the convener reads by whom', async ({
	browser
}) => {
	const why = '机构合并，这一期并入下一期报送。';
	const obligation = await asOwner(async (client) => {
		// Long past, so that no other page of the demonstration counts it.
		const { rows } = await client.query<{ id: string }>(
			`insert into public.obligations (council_id, dataset_code, organisation_id, period, opens_on, due_on)
			 select c.id, d.code, c.convener_id, '2020-03', '2020-04-01', '2020-04-15'
			 from public.councils c, public.datasets d where d.frequency = 'month' order by d.code limit 1 returning id`
		);
		return rows[0]?.id ?? '';
	});
	const page = `/submissions/deadlines/${obligation}`;
	const secretariat = await pageOf(browser, 'secretariat');
	await secretariat.goto(page);
	await expect(secretariat.getByRole('main')).toContainText('由联席会议中另一个');
	await expect(secretariat.getByRole('button', { name: '免报本期' })).toHaveCount(0);

	const reviewer = await pageOf(browser, 'reviewer.city');
	await reviewer.goto(page);
	await reviewer.getByRole('textbox', { name: '原因' }).fill(why);
	await confirmed(reviewer, '免报本期');
	await expect(reviewer.getByText('本期已免报。')).toBeVisible();

	await secretariat.goto(page);
	await expect(fields(secretariat, '状态')).toContainText('免报');
	const history = secretariat.getByRole('list', { name: '经过' });
	await expect(history).toContainText(/劳动保障.*免除本期报送/);
	await expect(history).toContainText(why);
	// Nobody else opens it.
	const rival = await pageOf(browser, 'reporter.xunda');
	expect((await rival.request.get(page)).status()).toBe(404);
});

function fields(page: Page, term: string): Locator {
	return page.locator('dl > div').filter({ has: page.getByText(term, { exact: true }) });
}

async function fact(page: Page, term: string): Promise<string> {
	const text = await fields(page, term).locator('dd').innerText();
	return /\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? '';
}

function daysAfter(time: number, days: number): string {
	return new Date(time + days * 86_400_000).toISOString().slice(0, 10);
}
