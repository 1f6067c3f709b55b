import { writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { one } from '../database/council.ts';
import { account, asOwner, pageOf } from '../people.ts';

test('a clerk cancels while the file is read or about to be, nothing is filed, and filing again works', async ({
	browser
}) => {
	const page = await pageOf(browser, 'officer.weifang');
	// A version that still waits for review may be replaced by another.
	const obligation = await asOwner((client) =>
		one(
			client,
			`select id from public.obligation_states where organisation_zh = $1 and state = 'submitted'`,
			[account('officer.weifang').organisation]
		)
	);
	const before = await stored(obligation);
	await page.goto(`/submissions/new?obligation=${obligation}`);
	const good = await filled(page, obligation);
	const rows = good.trimEnd().split('\r\n');
	const large = `${rows[0]}\r\n${`${rows[1]}\r\n`.repeat(60_000)}`;
	const submit = page.getByRole('button', { name: '检查并报送' });
	const cancel = page.getByRole('button', { name: '取消报送' });
	const cancelled = page.getByText('已取消，没有报送任何数据');
	const chosen = page.getByLabel('选择文件');

	// While the server reads or checks.
	await choose(page, '大表.csv', large);
	await submit.click();
	await expect(page.getByText(/正在读取：已读|正在检查 /)).toBeVisible({ timeout: 30_000 });
	await cancel.click();
	await expect(cancelled).toBeVisible();
	await expect(submit).toBeFocused();
	expect(
		await chosen.evaluate((input: HTMLInputElement) => [...(input.files ?? [])].map((f) => f.name))
	).toEqual(['大表.csv']);
	await expect(cancel).toHaveCount(0);
	expect(await stored(obligation)).toBe(before);

	// When every byte has arrived and the server has not begun: what was cancelled does not begin.
	// With blank rows at its end it is large enough to be sent in parts, before the form itself.
	const blank = rows[0]?.replaceAll(/[^,]+/g, '') ?? '';
	await choose(page, '月报.csv', good + `${blank}\r\n`.repeat(Math.ceil(2 ** 21 / blank.length)));
	let release: (() => void) | undefined;
	await page.route(/\/upload&/, async (route) => {
		// Only the first: a route that is taken away breaks the connection of what is under way.
		if (route.request().method() === 'POST' && !release)
			await new Promise<void>((resolve) => (release = resolve));
		await route.continue();
	});
	const asked = page.waitForResponse(
		(answer) => answer.request().method() === 'DELETE' && answer.status() === 204
	);
	await submit.click();
	await expect(page.getByText('已收到文件，正在读取和检查…')).toBeVisible();
	await cancel.click();
	await asked;
	await expect(page.getByRole('button', { name: '正在取消…' })).toBeVisible();
	release?.();
	await expect(cancelled).toBeVisible();
	expect(await stored(obligation)).toBe(before);

	// The same file is still chosen, and is filed now.
	await submit.click();
	await expect(page).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/);
	expect(await stored(obligation)).toBe(before + 1);
	await page.context().close();
});

async function choose(page: Page, name: string, text: string): Promise<void> {
	const path = test.info().outputPath(name);
	writeFileSync(path, text);
	await page.getByLabel('选择文件').setInputFiles(path);
}

/** The template with the figures of the period before, and 0 where there was none in a row of figures. */
async function filled(page: Page, obligation: string): Promise<string> {
	const answer = await page.request.get(`/submissions/template/${obligation}?format=csv`);
	const [header = '', ...rows] = (await answer.text()).trimEnd().split('\r\n');
	const past = header.split(',').map((name) => name.endsWith('上期值'));
	const lines = rows.map((row) => {
		const cells = row.split(',');
		if (!cells.some((cell, at) => past[at] && cell)) return row;
		return cells.map((cell, at) => (past[at + 1] ? cells[at + 1] || '0' : cell)).join(',');
	});
	return [header, ...lines, ''].join('\r\n');
}

/** Filings and drafts, and values that belong to none. */
function stored(obligation: string): Promise<number> {
	return asOwner((client) =>
		one<number>(
			client,
			`select (select count(*)::int from public.submissions where obligation_id = $1)
				+ (select count(*)::int from public.entries e where not exists (select from public.submissions s where s.id = e.submission_id))`,
			[obligation]
		)
	);
}
