import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { asOwner, browserOf, choose } from '../people.ts';
import { addressOf, readerOf, routes } from './site.ts';

// Every rule of axe in each language, and those of colours in each theme: the longest page takes a while on a busy machine.
test.describe.configure({ mode: 'parallel', timeout: 180_000 });

const desk = { width: 1280, height: 720 };
/** The rules of axe that say something of colours, and are asked by default. */
const coloured = ['color-contrast', 'link-in-text-block'];

const phone = { width: 375, height: 740 };

// Each page is opened once in each language. What no colour can change is looked at in one theme of each.
for (const route of routes) {
	test(`whoever cannot see, has no mouse, reads English or has a phone finds their way on ${route}`, async ({
		browser
	}) => {
		const address = await addressOf(browser, route);
		const reader = readerOf(route);
		const context = reader ? await browserOf(browser, reader) : await browser.newContext();
		const page = await context.newPage();
		const complaints = listen(page);
		await page.emulateMedia({ reducedMotion: 'reduce' });

		const chinese = await open('zh-CN', desk);
		await page.keyboard.press('Tab');
		const skip = page.getByRole('link', { name: '跳到正文' });
		await expect(skip).toBeFocused();
		await expect(skip).toBeInViewport();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('main')).toBeFocused();
		expect.soft(await serious(page), 'axe in Chinese, light').toEqual([]);
		await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
		expect.soft(await serious(page, coloured), 'axe in Chinese, dark').toEqual([]);
		await page.setViewportSize(phone);
		// Charts follow a changed width a moment later.
		await expect.poll(() => overflow(page), 'wider than a phone in Chinese').toEqual([]);

		const english = await open('en', phone);
		expect.soft(await overflow(page), 'wider than a phone in English').toEqual([]);
		await page.setViewportSize(desk);
		expect.soft(await serious(page), 'axe in English, dark').toEqual([]);
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		expect.soft(await serious(page, coloured), 'axe in English, light').toEqual([]);
		const chosen = await namesThatPartiesChose();
		const left = (await chineseOn(page)).filter((text) => leftOver(text, chosen) !== '');
		expect.soft(left, 'Chinese left over').toEqual([]);

		expect(chinese).not.toBe(english);
		expect(complaints, 'the browser complains about nothing').toEqual([]);
		await context.close();

		/** Opens the page; its title. */
		async function open(language: 'zh-CN' | 'en', viewport: typeof desk): Promise<string> {
			await page.setViewportSize(viewport);
			await choose(context, language);
			await page.goto(address);
			await expect(page.locator('html')).toHaveAttribute('lang', language);
			await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
			const title = await page.title();
			expect(title).toMatch(/ · (协治|Xiezhi)/);
			return title;
		}
	});
}

const axe = readFileSync(
	join(import.meta.dirname, '..', '..', 'node_modules', 'axe-core', 'axe.min.js'),
	'utf8'
);

/** What is serious or critical by every rule or by some, with where it is. A document is handed axe once, half a megabyte; it stays in it. */
async function serious(page: Page, only?: string[]): Promise<string[]> {
	// Without frames everything can be looked at where it is, and only what is wrong be carried over here.
	expect(page.frames()).toHaveLength(1);
	const axeSource = (await page.evaluate(() => 'axe' in window)) ? ';' : axe;
	const { violations } = await new AxeBuilder({ page, axeSource })
		.setLegacyMode()
		.options({
			resultTypes: ['violations'],
			...(only ? { runOnly: { type: 'rule', values: only } } : {})
		})
		.analyze();
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

/** What reaches beyond the right edge of a page that has to be scrolled sideways. */
function overflow(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		if (scrollWidth <= clientWidth) return [];
		const wide = [...document.querySelectorAll('main *')].filter(
			(element) => element.getBoundingClientRect().right > clientWidth + 1
		);
		return [
			`${scrollWidth} of ${clientWidth}`,
			...wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 200))
		];
	});
}

/** Every text with Chinese characters that a reader sees or hears. */
function chineseOn(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const chinese = /[\u3400-\u9fff]/;
		const texts = [document.title];
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (walker.nextNode()) {
			const parent = walker.currentNode.parentElement;
			if (parent?.closest('script, style, [lang^="zh"]')) continue;
			texts.push(walker.currentNode.textContent ?? '');
		}
		for (const element of document.querySelectorAll('*')) {
			for (const name of ['title', 'alt', 'aria-label', 'placeholder'])
				texts.push(element.getAttribute(name) ?? '');
		}
		return [...new Set(texts.map((text) => text.trim()).filter((text) => chinese.test(text)))];
	});
}

let chosen: Promise<string[]> | undefined;

/** Chinese that people wrote or parties chose and that has no English beside it, longest first. */
function namesThatPartiesChose(): Promise<string[]> {
	chosen ??= read();
	return chosen;

	function read() {
		return asOwner(async (client) => {
			const { rows: columns } = await client.query<{ table: string; column: string; en: boolean }>(
				`select c.table_name as table, c.column_name as column, exists (
					select from information_schema.columns e where e.table_schema = 'public' and e.table_name = c.table_name
					  and e.column_name = regexp_replace(c.column_name, '_zh$', '_en') and c.column_name like '%\\_zh'
				 ) as en
				 from information_schema.columns c
				 join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
				 where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'jsonb')`
			);
			const texts = new Set<string>();
			for (const { table, column, en } of columns) {
				const twin = column.replace(/_zh$/, '_en');
				const { rows } = await client.query<{ text: string }>(
					`select distinct "${column}"::text as text from public."${table}"
					 where "${column}"::text ~ '[一-龥]' ${en && table !== 'organisations' ? `and coalesce("${twin}", '') in ('', "${column}")` : ''}`
				);
				for (const { text } of rows) texts.add(text);
			}
			return [...texts].sort((a, b) => b.length - a.length);
		});
	}
}

/** The Chinese of a text that is none of the names. */
function leftOver(text: string, names: string[]): string {
	// A page may show a part of what somebody wrote: a source before its link, a marked cell's note.
	const bare = text.replace(/^[\s;,.()（）：:·]+|[\s;,.()（）：:·]+$/g, '');
	if (names.some((name) => name.includes(bare))) return '';
	let rest = text;
	for (const name of names) if (rest.includes(name)) rest = rest.replaceAll(name, '');
	return (rest.match(/[\u3400-\u9fff]+/g) ?? []).join(' ');
}
