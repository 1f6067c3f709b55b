import { expect, test, type Page } from '@playwright/test';
import { browserOf, pageOf } from '../people.ts';
import { addressOf, readerOf, routes } from './site.ts';

test('no two pages have the same title', async ({ browser }) => {
	const titles = new Map<string, string>();
	for (const route of routes) {
		const reader = readerOf(route);
		const context = reader ? await browserOf(browser, reader) : await browser.newContext();
		const answer = await context.request.get(await addressOf(browser, route));
		const title = /<title>([^<]*)<\/title>/.exec(await answer.text())?.[1]?.trim() ?? '';
		expect(title, route).not.toBe('');
		// The same figure is shown to members and to everybody.
		if (!route.startsWith('/(public)/open')) {
			expect(titles.get(title), `${route} and another page are both “${title}”`).toBeUndefined();
			titles.set(title, route);
		}
		await context.close();
	}
});

test('a person by keyboard alone opens the menu of a page, signs in and reaches every filter', async ({
	page
}) => {
	await page.goto('/open/indicators');
	await page.keyboard.press('Tab');
	const seen = new Set<string>();
	for (let step = 0; step < 40; step++) {
		const focus = await page.evaluate(() => {
			const at = document.activeElement as HTMLElement | null;
			const box = at?.getBoundingClientRect();
			const style = at ? getComputedStyle(at) : null;
			return {
				what: `${at?.tagName} ${at?.getAttribute('name') ?? at?.textContent?.trim().slice(0, 30)}`,
				visible: Boolean(box && box.width > 0 && box.height > 0),
				marked: style?.outlineStyle !== 'none' || style?.boxShadow !== 'none'
			};
		});
		if (focus.what.startsWith('BODY')) break;
		expect(focus.visible, focus.what).toBe(true);
		expect(focus.marked, `${focus.what} shows that it has the focus`).toBe(true);
		seen.add(focus.what);
		await page.keyboard.press('Tab');
	}
	expect(seen.size).toBeGreaterThan(5);
});

test('what a person fills in before the page’s script ran stands after it', async ({ browser }) => {
	const page = await pageOf(browser, 'secretariat');
	const arrived = await scriptsHeldBack(page);
	await page.goto('/indicators', { waitUntil: 'commit' });
	const group = page.getByRole('combobox').first();
	await group.selectOption({ index: 2 });
	const chosen = await group.inputValue();
	await page.getByRole('searchbox').first().fill('工伤');
	await page.getByRole('checkbox').first().check();

	arrived();
	// SvelteKit's own mark that the page has been taken over.
	await expect(page.locator('#svelte-announcer')).toBeAttached();
	await expect(group).toHaveValue(chosen);
	await expect(page.getByRole('searchbox').first()).toHaveValue('工伤');
	await expect(page.getByRole('checkbox').first()).toBeChecked();
	await page.context().close();
});

test('who presses before the page’s script ran is asked all the same', async ({ browser }) => {
	const page = await pageOf(browser, 'secretariat');
	await page.goto('/submissions?state=overdue');
	const address = await page
		.locator('a[href*="/submissions/deadlines/"]')
		.first()
		.getAttribute('href');
	const button = page.getByRole('button', { name: '免报本期', exact: true });
	const reason = page.locator('form').filter({ has: button }).getByRole('textbox');
	const arrived = await scriptsHeldBack(page);
	await page.goto(address ?? '', { waitUntil: 'commit' });
	await reason.fill('平台正在搬迁');
	await button.click();
	arrived();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toContainText('本期不再要求报送');
	await dialog.getByRole('button', { name: '取消' }).click();
	await expect(reason).toHaveValue('平台正在搬迁');

	// Where the scripts do not come at all, a second press has the browser ask.
	await scriptsHeldBack(page);
	await page.reload({ waitUntil: 'commit' });
	await reason.fill('平台正在搬迁');
	await button.click();
	const asked = page.waitForEvent('dialog');
	const second = button.click();
	const question = await asked;
	expect(question.message()).toContain('本期不再要求报送');
	await question.dismiss();
	await second;
	await expect(reason).toHaveValue('平台正在搬迁');
	await page.context().close();
});

/** From now on the page's scripts do not arrive until the function is called that this gives. */
async function scriptsHeldBack(page: Page): Promise<() => void> {
	let arrived = () => {};
	const line = new Promise<void>((resolve) => (arrived = resolve));
	await page.route('**/*.js', async (route) => {
		await line;
		await route.continue();
	});
	return arrived;
}
