import { expect, type Page } from '@playwright/test';

/** Opens the page where the first filing that waits for the reader is uploaded. */
export async function openOwed(page: Page): Promise<void> {
	await page.goto('/submissions');
	await page
		.getByRole('region', { name: '等您处理' })
		.getByRole('link', { name: '报送', exact: true })
		.first()
		.click();
	await expect(page).toHaveURL(/new\?obligation=/);
}

/** The values of a filing as its CSV has them: line 0 is the header, a line's number is the value's position. */
export async function entriesOf(page: Page, id: string): Promise<string[][]> {
	const csv = await (await page.request.get(`/submissions/${id}/entries.csv`)).text();
	return csv
		.replace('\ufeff', '')
		.trimEnd()
		.split(/\r?\n/)
		.map((line) => line.split(','));
}

/** Files the same values, one higher at the given positions. */
export async function upload(
	page: Page,
	lines: string[][],
	name: string,
	changed: number[]
): Promise<void> {
	const text = lines
		.map((cells, at) =>
			(changed.includes(at) ? cells.with(4, plusOne(lines, at)) : cells).join(',')
		)
		.join('\r\n');
	await page
		.getByLabel('选择文件，或拖到这里')
		.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
	await page.getByRole('button', { name: '检查并报送' }).click();
}

export function plusOne(lines: string[][], position: number): string {
	return String(Number(lines[position]?.[4]) + 1);
}

/** The id of what was just filed. */
export async function filed(page: Page): Promise<string> {
	await expect(page).toHaveURL(/\/submissions\/[0-9a-f-]{36}\?filed/, { timeout: 30_000 });
	return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Goes down a list by keyboard until something has the focus. */
export async function stepTo(page: Page, selector: string): Promise<void> {
	const wanted = page.locator(selector);
	await expect(wanted).toBeAttached();
	const focused = () => wanted.evaluate((element) => element === document.activeElement);
	for (let steps = 0; steps < 250; steps++) {
		await page.keyboard.press('j');
		if (await focused()) return;
	}
	await expect(wanted).toBeFocused();
}
