import { expect, test, type APIResponse } from '@playwright/test';
import { account, browserOf, pageOf, signInQuietly } from '../people.ts';

test('a supervisor hears whether the instance is well, and nothing else', async ({ request }) => {
	const health = await request.get('/healthz');
	expect(health.status()).toBe(200);
	expect(await health.json()).toEqual({ status: 'ok' });
	expect(health.headers()['cache-control']).toBe('no-store');
});

test('every kind of answer tells the browser to trust nothing but this site', async ({
	baseURL,
	browser,
	request
}) => {
	const { request: signedIn } = await browserOf(browser, 'secretariat');
	const start = /_app\/immutable\/entry\/start\.[\w-]+\.js/.exec(
		await (await request.get('/sign-in')).text()
	);
	const asset = `/${start?.[0]}`;
	const answers: [string, APIResponse][] = [
		['a page', await request.get('/sign-in')],
		['a page of a signed-in person', await signedIn.get('/')],
		['an error page', await signedIn.get('/nowhere')],
		['an error page of a record', await signedIn.get('/meetings/not-a-meeting')],
		['a file', await signedIn.get('/indicators/IN3/data.csv')],
		['a log file', await signedIn.get('/audit/export.csv')],
		['page data', await signedIn.get('/meetings/__data.json')],
		['a redirect', await request.get('/meetings', { maxRedirects: 0 })],
		['the health report', await request.get('/healthz')],
		['a script', await request.get(asset)],
		['a picture', await request.get('/favicon.svg')],
		['a file that is not there', await request.get('/_app/immutable/nothing.js')],
		['a file that was never there', await request.get('/_app/version.txt')],
		['what search engines may read', await request.get('/robots.txt')],
		['a redirect of page data', await request.get('/meetings/__data.json', { maxRedirects: 0 })],
		['a redirect of a form', await post(request, '/theme', baseURL ?? '')],
		['a form of another site', await post(request, '/theme', 'https://elsewhere.example')],
		['an address that cannot be read', await request.get('/%ff')]
	];
	for (const [kind, answer] of answers) {
		const headers = answer.headers();
		const policy = headers['content-security-policy'] ?? '';
		expect(policy, kind).toContain("default-src 'none'");
		expect(policy, kind).toContain("base-uri 'none'");
		expect(policy, kind).toContain("frame-ancestors 'none'");
		expect(policy, kind).not.toMatch(/script-src[^;]*('unsafe-inline'|'unsafe-eval'|\*|https?:)/);
		expect(policy, kind).not.toMatch(/style-src [^;]*'unsafe-inline'/);
		expect(headers['x-content-type-options'], kind).toBe('nosniff');
		expect(headers['referrer-policy'], kind).toBe('same-origin');
		expect(headers['x-frame-options'], kind).toBe('DENY');
		expect(headers['x-powered-by'], kind).toBeUndefined();
		expect(headers['access-control-allow-origin'], kind).toBeUndefined();
	}
	for (const kind of ['a page of a signed-in person', 'a file', 'a log file', 'page data']) {
		const answer = answers.find(([name]) => name === kind)?.[1];
		expect(answer?.headers()['cache-control'], kind).toContain('no-store');
	}
	const still = await request.get(asset);
	expect(still.status(), asset).toBe(200);
	expect(still.headers()['content-type']).toContain('javascript');
});

test('files are handed over as files, never opened as pages', async ({ browser }) => {
	const { request } = await browserOf(browser, 'secretariat');
	for (const address of ['/indicators/IN3/data.csv', '/audit/export.csv']) {
		const answer = await request.get(address);
		expect(answer.headers()['content-disposition'], address).toMatch(/^attachment;/);
		expect(answer.headers()['content-type'], address).toContain('text/csv');
	}
});

test('what does not exist, and what goes wrong, is said in words without a trace of the code', async ({
	browser
}) => {
	const page = await pageOf(browser, 'secretariat');
	for (const address of [
		'/nowhere',
		'/meetings/not-a-meeting',
		'/submissions/1',
		'/indicators/XX9'
	]) {
		const answer = await page.goto(address);
		expect([400, 404], address).toContain(answer?.status());
		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		await expect(page.getByRole('link', { name: '回到首页' })).toBeVisible();
		const text = await page.content();
		expect(text, address).not.toMatch(
			/\bat \/|node_modules|select .* from |PGRST|syntax for type/i
		);
	}
});

test('another site cannot send a form in a person’s name', async ({ browser }) => {
	const { request } = await browserOf(browser, 'secretariat');
	for (const address of [
		'/acting',
		'/language',
		'/sign-out',
		'/meetings?/plan',
		'/members?/invite'
	]) {
		const answer = await post(request, address, 'https://elsewhere.example');
		expect(answer.status(), address).toBe(403);
	}
	expect((await request.get('/members', { maxRedirects: 0 })).status()).toBe(200);
});

test('what does not say where it comes from is not done in a person’s name', async ({
	browser
}) => {
	const { request } = await browserOf(browser, 'secretariat');
	for (const headers of [{}, { 'sec-fetch-site': 'cross-site' }] as Record<string, string>[]) {
		const answer = await request.post('/sign-out', { headers, maxRedirects: 0 });
		expect(answer.status()).toBe(403);
	}
	expect((await request.get('/members', { maxRedirects: 0 })).status()).toBe(200);
});

test('search engines are told what is published', async ({ request }) => {
	const robots = await request.get('/robots.txt');
	expect(robots.status()).toBe(200);
	expect(await robots.text()).toContain('Allow: /open');
});

test('the session cookie is for this site and no script', async ({ browser }) => {
	const context = await browserOf(browser, 'reviewer.pudong');
	const cookie = (await context.cookies()).find(({ name }) => name.includes('session'));
	expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
	const page = await context.newPage();
	await page.goto('/');
	expect(await page.evaluate(() => document.cookie)).not.toContain('session');
});

test('a person signs in by the form, sees their other device and ends it, and signs out', async ({
	browser,
	page
}) => {
	const { email, password } = account('delegate.hewei');
	const elsewhere = await browser.newContext();
	await signInQuietly(elsewhere, 'delegate.hewei');

	await page.goto('/meetings');
	await expect(page).toHaveURL(/\/sign-in\?to=%2Fmeetings/);
	await page.getByLabel('邮箱').fill(email);
	await page.getByLabel('密码').fill('not the password');
	await page.getByRole('button', { name: '登录' }).click();
	await expect(page.getByRole('alert')).toBeVisible();
	await expect(page.getByLabel('邮箱')).toHaveValue(email);
	await page.getByLabel('密码').fill(password);
	await page.getByRole('button', { name: '登录' }).click();
	await expect(page).toHaveURL(/\/meetings$/);

	await page.goto('/account');
	await expect(page.getByText('当前设备')).toHaveCount(1);
	await page.getByRole('button', { name: '结束', exact: true }).first().click();
	await expect(page.getByText('登录已结束。')).toBeVisible();
	const after = await elsewhere.request.get('/meetings', { maxRedirects: 0 });
	expect(after.status()).toBe(303);

	await page.getByRole('main').getByRole('button', { name: '退出登录' }).click();
	await expect(page.getByText('您已退出登录。')).toBeVisible();
	await page.goBack();
	await page.goto('/meetings');
	await expect(page).toHaveURL(/\/sign-in/);
});

test('a person of two organisations changes hats, and sees what each one sees', async ({
	browser
}) => {
	const context = await browser.newContext();
	await signInQuietly(context, 'two.hats');
	const page = await context.newPage();
	await page.goto('/account');
	await page.getByRole('button', { name: '代表这个单位' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/新华路|暖途/);
	const first = await page.getByRole('heading', { level: 1 }).textContent();
	await page.goto('/account');
	await page.getByRole('button', { name: '代表这个单位' }).click();
	await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(first ?? '');
});

function post(
	request: Awaited<ReturnType<typeof browserOf>>['request'],
	address: string,
	origin: string
): Promise<APIResponse> {
	return request.post(address, {
		form: { organisation_id: 'x' },
		headers: { origin, accept: 'text/html' },
		maxRedirects: 0
	});
}
