import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Browser, type BrowserContext } from '@playwright/test';

const origin = `http://127.0.0.1:${process.env.JOURNEYS_PORT ?? '4180'}`;

/** A browser in which somebody of the demonstration is signed in. */
async function browserOf(browser: Browser, login: string): Promise<BrowserContext> {
	const file = join(process.env.JOURNEYS_DATA_DIR ?? '.data', 'demo-accounts.json');
	const accounts = JSON.parse(readFileSync(file, 'utf8')) as { email: string; password: string }[];
	const { email, password } = accounts.find((one) => one.email.startsWith(`${login}@`))!;
	const context = await browser.newContext();
	const form = { email, password };
	await context.request.post('/sign-in', { form, headers: { origin } });
	return context;
}

type Problem = { cell: string; message: string };

test('a platform lets its own system file: made key, refused file, receipt, revoked key', async ({
	browser,
	playwright
}) => {
	const admin = await (await browserOf(browser, 'admin.xiaobu')).newPage();
	await admin.goto('/members');
	await admin.getByRole('main').getByRole('link', { name: 'API 密钥' }).click();
	await admin.getByLabel('名称').fill('用工数据平台');
	await admin.getByRole('checkbox', { name: '报送数据' }).check();
	await admin.getByRole('button', { name: '新建密钥' }).click();
	const key = await admin.getByLabel('密钥', { exact: true }).inputValue();
	expect(key).toMatch(/^xz_/);
	await admin.goto('/members/keys');
	await expect(admin.getByText(key)).toHaveCount(0);
	await expect(admin.getByText(key.slice(0, 9))).toBeVisible();

	// What the clerk would download, the figures of the period before filled in.
	const clerk = await browserOf(browser, 'reporter.xiaobu');
	const list = await (await clerk.request.get('/submissions')).text();
	const obligation = /\/submissions\/new\?obligation=([0-9a-f-]{36})/.exec(list)?.[1] ?? '';
	const template = await clerk.request.get(`/submissions/template/${obligation}?format=csv`);
	const [, dataset, period] = /filename="([a-z_]+)-([^"]+)-demo\.csv"/.exec(
		template.headers()['content-disposition'] ?? ''
	)!;
	const lines = (await template.text()).trimEnd().split('\r\n');
	const header = lines[0]!.split(',');
	const filled = lines.slice(1).map((line) => {
		const cells = line.split(',');
		header.forEach((name, at) => {
			if (name.endsWith('上期值')) cells[at - 1] ||= cells[at] ?? '';
		});
		return cells;
	});
	const good = [header, ...filled].map((cells) => cells.join(',')).join('\r\n');
	const bad = good.replace(
		filled[1]!.join(','),
		filled[1]!.map((cell, at) => (at === 4 ? '很多' : cell)).join(',')
	);
	expect(bad).not.toBe(good);

	const system = await playwright.request.newContext({
		baseURL: origin,
		extraHTTPHeaders: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' }
	});
	const address = `/api/v1/submissions?dataset=${dataset}&period=${period}`;
	const refused = await system.post(address, { data: bad });
	expect(refused.status()).toBe(422);
	const { problems } = (await refused.json()) as { problems: Problem[] };
	expect(problems[0]?.cell).toBe('E3');

	const page = await clerk.newPage();
	await page.goto(`/submissions/new?obligation=${obligation}`);
	const file = { name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from(bad) };
	await page.locator('input[type=file]').setInputFiles(file);
	await page.locator('form:has(input[type=file]) button[type=submit]').first().click();
	for (const { cell, message } of problems) {
		await expect(page.getByText(cell, { exact: true }).first()).toBeVisible();
		await expect(page.getByText(message).first()).toBeVisible();
	}

	const headers = { 'idempotency-key': `journey-${period}` };
	const filed = await system.post(address, { data: good, headers });
	expect(filed.status(), await filed.text()).toBe(201);
	const receipt = (await filed.json()) as { submission: string; submitted_by: string };
	expect(receipt.submitted_by).toBe('API · 用工数据平台');
	const again = await system.post(address, { data: good, headers });
	expect(again.status()).toBe(200);
	expect(await again.json()).toMatchObject({ submission: receipt.submission, repeated: true });
	await page.goto(`/submissions/${receipt.submission}`);
	await expect(page.getByText('API · 用工数据平台').first()).toBeVisible();

	const read = () => system.get(`/api/v1/submissions/${receipt.submission}`);
	expect(await (await read()).json()).toMatchObject({ status: 'submitted', reviews: [] });
	expect((await system.get('/api/v1/observations?indicator=IN3&period=2026-09')).status()).toBe(
		403
	);

	await admin.reload();
	await admin.locator('details', { hasText: '停用' }).first().locator('summary').click();
	await admin.getByRole('button', { name: '停用' }).first().click();
	await expect(admin.getByText('密钥已停用，立即失效。')).toBeVisible();
	expect((await read()).status()).toBe(401);
	await Promise.all([system.dispose(), clerk.close(), admin.context().close()]);
});

test('a stranger reads the description of the API and nothing else', async ({ request }) => {
	const described = await request.get('/api/v1/openapi.json');
	expect(await described.json()).toMatchObject({ openapi: '3.1.0', servers: [{ url: origin }] });
	for (const path of ['datasets', 'observations', 'submissions/1', 'nothing']) {
		const answer = await request.get(`/api/v1/${path}`, { headers: { 'accept-language': 'en' } });
		expect(answer.status()).toBe(401);
		expect(await answer.json()).toMatchObject({ error: { key: 'api_key_needed' } });
	}
});
