import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { browserOf, choose } from '../people.ts';
import { addressOf, readerOf, routes } from './site.ts';

test.describe.configure({ mode: 'parallel' });

for (const route of routes) {
	test(`whoever cannot see or use a mouse finds their way on ${route}`, async ({ browser }) => {
		const address = await addressOf(browser, route);
		const reader = readerOf(route);
		const context = reader ? await browserOf(browser, reader) : await browser.newContext();
		const page = await context.newPage();
		const complaints = listen(page);

		const titles: string[] = [];
		// Colours do not depend on the language, nor words on the theme: two looks show all four.
		for (const [language, colorScheme] of [
			['zh-CN', 'light'],
			['en', 'dark']
		] as const) {
			await choose(context, language);
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.goto(address);
			await expect(page.locator('html')).toHaveAttribute('lang', language);
			await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
			titles.push(await page.title());
			expect(await serious(page), `${language}, ${colorScheme}`).toEqual([]);
		}
		expect(titles[0]).not.toBe(titles[1]);
		expect(titles.every((title) => / · (协治|Xiezhi)/.test(title))).toBe(true);

		await page.goto(address);
		await page.keyboard.press('Tab');
		const skip = page.getByRole('link', { name: 'Skip to content' });
		await expect(skip).toBeFocused();
		await expect(skip).toBeInViewport();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('main')).toBeFocused();

		expect(complaints, 'the browser complains about nothing').toEqual([]);
		await context.close();
	});
}

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

/** What is serious or critical, with where it is. */
async function serious(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(' ')} ${node.html}`));
}

/** Errors and refused content, as the browser's console says them. */
function listen(page: Page): string[] {
	const said: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error' || /Content Security Policy/.test(message.text()))
			said.push(message.text());
	});
	page.on('pageerror', (error) => said.push(error.message));
	return said;
}
