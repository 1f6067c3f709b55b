import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import type { Client } from 'pg';
import { withClient } from '../supabase/embedded/connection.ts';

/** A line of demo-accounts.json: one membership of a person. */
export type Account = {
	email: string;
	password: string;
	name: string;
	organisation: string;
	kind: string;
	region: string;
	roles: string[];
};

let known: Account[] | undefined;

/** Everybody in the demonstration, by the first part of their address: `reporter.xunda`. */
export function accounts(): Account[] {
	const folder = process.env.JOURNEYS_DATA_DIR ?? '.data';
	known ??= JSON.parse(readFileSync(join(folder, 'demo-accounts.json'), 'utf8')) as Account[];
	return known;
}

export function account(login: string): Account {
	const found = accounts().find(({ email }) => email.startsWith(`${login}@`));
	if (!found) throw new Error(`Nobody in the demonstration is called ${login}.`);
	return found;
}

export type Language = 'zh-CN' | 'en';
type Wishes = BrowserContextOptions & { language?: Language; theme?: 'light' | 'dark' };

/** Sessions of this worker; signing in costs a password hash each time. */
const sessions = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();

/** A browser in which a person is signed in already. */
export async function browserOf(
	browser: Browser,
	login: string,
	wishes: Wishes = {}
): Promise<BrowserContext> {
	const { language, theme, ...options } = wishes;
	let storageState = sessions.get(login);
	if (!storageState) {
		const fresh = await browser.newContext();
		await signInQuietly(fresh, login);
		storageState = await fresh.storageState();
		sessions.set(login, storageState);
		await fresh.close();
	}
	const context = await browser.newContext({ ...options, storageState });
	await choose(context, language, theme);
	return context;
}

/** The same, with a page. */
export async function pageOf(browser: Browser, login: string, wishes?: Wishes): Promise<Page> {
	return (await browserOf(browser, login, wishes)).newPage();
}

/**
 * Presses what asks first, says yes, and waits until it was answered: whoever goes to the next page
 * before that takes back what they sent.
 */
export async function confirmed(page: Page, button: string): Promise<void> {
	await page.getByRole('main').getByRole('button', { name: button, exact: true }).click();
	await Promise.all([
		page.waitForResponse((answer) => answer.request().method() === 'POST'),
		page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click()
	]);
}

/** Signs in by the form's address; the journeys of signing in use the form itself. */
export async function signInQuietly(context: BrowserContext, login: string): Promise<void> {
	const { email, password } = account(login);
	const answer = await context.request.post('/sign-in', {
		form: { email, password },
		headers: { origin: baseUrl(), accept: 'text/html' },
		maxRedirects: 0
	});
	if (answer.status() !== 303) throw new Error(`${login} cannot sign in: ${answer.status()}`);
}

/** On one connection as the owner of every table. */
export function asOwner<T>(act: (client: Client) => Promise<T>): Promise<T> {
	const file = join(process.env.JOURNEYS_DATA_DIR ?? '.data', 'connection.json');
	const { database_url } = JSON.parse(readFileSync(file, 'utf8')) as { database_url: string };
	return withClient(database_url, act);
}

/** Ends a browser's session on the server, as another device of the same person can: the browser knows nothing of it. */
export async function endSession(context: BrowserContext): Promise<void> {
	const cookies = await context.cookies();
	const cookie = cookies.find(({ name }) => name.endsWith('session'))?.value ?? '';
	const [token] = decodeURIComponent(cookie).split('.');
	const ended = await asOwner((client) =>
		client.query('delete from identity.session where token = $1', [token])
	);
	if (ended.rowCount !== 1) throw new Error('There was no session to end.');
}

/** The reader's choice of language and theme, as the switches keep it. */
export async function choose(
	context: BrowserContext,
	language?: Language,
	theme?: 'light' | 'dark'
): Promise<void> {
	const cookies = [
		...(language ? [{ name: 'PARAGLIDE_LOCALE', value: language }] : []),
		...(theme ? [{ name: 'theme', value: theme }] : [])
	];
	if (cookies.length > 0)
		await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: baseUrl() })));
}

export function baseUrl(): string {
	return `http://127.0.0.1:${process.env.JOURNEYS_PORT}`;
}
