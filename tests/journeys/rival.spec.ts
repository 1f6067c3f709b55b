import {
	expect,
	test,
	type APIRequestContext,
	type APIResponse,
	type Browser
} from '@playwright/test';
import { accounts, baseUrl, browserOf, pageOf } from '../people.ts';

const origin = { origin: baseUrl(), accept: 'text/html' };
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** What a platform has that nobody else may learn. */
type Secrets = {
	organisation: string;
	addresses: string[];
	submissions: string[];
	obligations: string[];
	figures: string[];
	emails: string[];
	files: string[];
};

let secrets: Secrets;

test.beforeAll(async ({ browser }) => {
	secrets = await secretsOf(browser);
});

for (const rival of ['reporter.xiaobu', 'delegate.xiaobu', 'admin.xiaobu']) {
	test(`a rival platform's ${rival.split('.')[0]} opens no address, data or file of ours`, async ({
		browser
	}) => {
		const { request } = await browserOf(browser, rival);
		for (const address of secrets.addresses) {
			const page = await request.get(address, {
				headers: { accept: 'text/html' },
				maxRedirects: 0
			});
			expect([403, 404], address).toContain(page.status());
			await tellsNothing(page, address);
		}
		for (const address of secrets.addresses.filter(
			(one) => !/\.(json|csv)|template|^\/files\//.test(one)
		)) {
			const data = await request.get(dataOf(address), { maxRedirects: 0 });
			expect(await data.text(), address).toMatch(/"type":"error".*"status":40[34]|"status":40[34]/);
			await tellsNothing(data, address);
		}
	});

	test(`a rival platform's ${rival.split('.')[0]} finds no figure of ours in what everybody may open`, async ({
		browser
	}) => {
		const { request } = await browserOf(browser, rival);
		const { organisation } = secrets;
		for (const address of [
			'/',
			`/submissions?organisation=${organisation}`,
			'/reviews',
			`/organisations/${organisation}`,
			'/organisations',
			'/members',
			`/audit?organisation=${organisation}`,
			`/audit/export.csv?organisation=${organisation}`,
			'/meetings',
			'/overview',
			'/overview?view=projector&section=organisations',
			`/action-items?show=all&organisation=${organisation}`,
			'/indicators',
			...['IN3', 'IN4', 'CT2', 'SZ1'].flatMap((code) => [
				`/indicators/${code}?compare=${organisation}`,
				`/indicators/${code}/data.csv?compare=${organisation}&organisation=${organisation}`
			])
		]) {
			const answer = await request.get(address);
			expect([200, 403], address).toContain(answer.status());
			await tellsNothing(answer, address);
			if (/\.csv/.test(address)) continue;
			await tellsNothing(await request.get(dataOf(address)), `data of ${address}`);
		}
	});

	test(`a rival platform's ${rival.split('.')[0]} changes nothing of ours`, async ({ browser }) => {
		const { request } = await browserOf(browser, rival);
		const [submission = '', obligation = ''] = [secrets.submissions[0], secrets.obligations[0]];
		const before = await stateOf(browser, submission);
		const file = { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\r\n1,2\r\n') };
		for (const [address, fields] of [
			[`/reviews/${submission}?/accept`, {}],
			[`/reviews/${submission}?/return`, { reason: '没有理由的退回', mark: '1' }],
			[`/submissions/new?obligation=${obligation}`, { obligation, file }],
			[`/organisations/${secrets.organisation}?/endSeat`, { organisation: secrets.organisation }],
			['/acting', { organisation_id: secrets.organisation }]
		] as const) {
			const answer = await request.post(address, {
				multipart: fields,
				headers: origin,
				maxRedirects: 0
			});
			expect([400, 403, 404, 409, 422], address).toContain(answer.status());
			await tellsNothing(answer, address);
		}
		expect(await stateOf(browser, submission)).toBe(before);
	});
}

test('whoever is not signed in gets the sign-in page, for pages, data and files alike', async ({
	playwright
}) => {
	const nobody = await playwright.request.newContext({ baseURL: baseUrl() });
	for (const address of [
		...secrets.addresses,
		'/',
		'/members',
		'/audit/export.csv',
		'/indicators/IN3'
	]) {
		const answer = await nobody.get(address, { maxRedirects: 0 });
		expect(answer.status(), address).toBe(303);
		expect(answer.headers().location, address).toMatch(/^\/sign-in\?to=/);
		await tellsNothing(answer, address);
		const data = await nobody.get(dataOf(address), { maxRedirects: 0 });
		await tellsNothing(data, address);
		if (data.status() === 200) expect(await data.text()).toContain('"type":"redirect"');
	}
	const written = await nobody.post(`/reviews/${secrets.submissions[0]}?/accept`, {
		form: {},
		headers: origin,
		maxRedirects: 0
	});
	expect(written.status()).toBe(307);
	expect(written.headers().location).toMatch(/^\/sign-in\?unsent&to=/);
	const api = await nobody.get('/rest/v1/submissions');
	expect(api.status()).toBe(404);
	await nobody.dispose();
});

test('a person whose membership ends sees nothing from the next page on', async ({ browser }) => {
	const viewer = await pageOf(browser, 'viewer');
	await viewer.goto('/indicators');
	await expect(viewer.getByRole('heading', { level: 1 })).toHaveText('指标');

	const admin = await pageOf(browser, 'secretariat');
	await admin.goto('/members');
	await admin.getByText('修改何以宁的角色').click();
	const form = admin.getByRole('listitem').filter({ hasText: '何以宁' });
	await form.getByRole('button', { name: '移出本单位' }).click();
	const asked = admin.getByRole('dialog');
	await expect(asked).toContainText('何以宁立即看不到本单位的内容');
	await asked.getByRole('button', { name: '移出本单位' }).click();
	await expect(admin.getByText('已移出本单位，立即生效。')).toBeVisible();

	await viewer.goto('/indicators');
	await expect(viewer).toHaveURL(/\/account$/);
	await expect(viewer.getByText('您现在不是任何单位的成员')).toBeVisible();
	for (const address of ['/indicators/IN3/data.csv', '/organisations', '/meetings']) {
		const answer = await viewer.request.get(address, { maxRedirects: 0 });
		expect(answer.status(), address).toBe(303);
	}
});

/** What 迅达外卖 has, read by its own people. */
async function secretsOf(browser: Browser): Promise<Secrets> {
	const { request } = await browserOf(browser, 'reporter.xunda');
	const list = (await (await request.get('/submissions')).text()).replaceAll('&amp;', '&');
	const all = (pattern: string) => [
		...new Set([...list.matchAll(new RegExp(pattern, 'g'))].map((match) => match[1] ?? ''))
	];
	const submissions = all(`/submissions/(${uuid})`).slice(0, 3);
	const obligations = all(`obligation=(${uuid})`).slice(0, 3);
	const home = await (await request.get('/')).text();
	const organisation = new RegExp(`organisation_id[=:]"(${uuid})"`).exec(home)?.[1] ?? '';
	expect(organisation).not.toBe('');

	const own = await figuresIn(request, submissions);
	const { request: others } = await browserOf(browser, 'reporter.xiaobu');
	const theirs = (await (await others.get('/submissions')).text()).matchAll(
		new RegExp(`/submissions/(${uuid})`, 'g')
	);
	const known = await figuresIn(
		others,
		[...new Set([...theirs].map((match) => match[1] ?? ''))].slice(0, 3)
	);
	const figures = [...own].filter((figure) => !known.has(figure));
	expect(figures.length).toBeGreaterThan(20);

	const files = await Promise.all(
		submissions.map(async (id) => {
			const receipt = (await (await request.get(`/submissions/${id}/receipt.json`)).json()) as {
				file_name: string;
				file_sha256: string;
				values_sha256: string;
			};
			return [receipt.file_name, receipt.file_sha256, receipt.values_sha256];
		})
	);
	return {
		organisation,
		submissions,
		obligations,
		figures,
		emails: accounts()
			.filter((one) => one.organisation.startsWith('迅达'))
			.map((one) => one.email),
		files: files.flat(),
		addresses: [
			...submissions.flatMap((id) => [
				`/submissions/${id}`,
				`/submissions/${id}/receipt.json`,
				`/submissions/${id}/entries.csv`,
				`/reviews/${id}`
			]),
			...obligations.flatMap((id) => [
				`/submissions/new?obligation=${id}`,
				`/submissions/template/${id}?format=xlsx`,
				`/submissions/template/${id}?format=csv`
			]),
			...(await evidenceOfOthers(browser))
		]
	};
}

/** Figures large enough to be nobody else's by chance. */
async function figuresIn(request: APIRequestContext, submissions: string[]): Promise<Set<string>> {
	const figures = new Set<string>();
	for (const id of submissions) {
		const csv = await (await request.get(`/submissions/${id}/entries.csv`)).text();
		for (const line of csv.split(/\r?\n/).slice(1)) {
			const value = line.split(',')[4]?.replaceAll('"', '') ?? '';
			if (/^\d{5,}$/.test(value) && !/^31\d{4}$/.test(value)) figures.add(value);
		}
	}
	return figures;
}

/** Evidence files of a community office's task, which no platform takes part in. */
async function evidenceOfOthers(browser: Browser): Promise<string[]> {
	const { request } = await browserOf(browser, 'officer.lujiazui');
	const list = await (await request.get('/action-items')).text();
	for (const [address] of list.matchAll(new RegExp(`/action-items/${uuid}`, 'g'))) {
		const item = await (await request.get(address)).text();
		const file = new RegExp(`/files/${uuid}`).exec(item)?.[0];
		if (file) return [file];
	}
	throw new Error('officer.lujiazui has no evidence file in the demonstration.');
}

async function stateOf(browser: Browser, submission: string): Promise<string> {
	const { request } = await browserOf(browser, 'reporter.xunda');
	const receipt = (await (await request.get(`/submissions/${submission}/receipt.json`)).json()) as {
		status: string;
	};
	return receipt.status;
}

/** None of the figures, file names, hashes or addresses of the other platform. */
async function tellsNothing(answer: APIResponse, where: string): Promise<void> {
	const body = await answer.text();
	const numbers = new Set(body.match(/(?<![\w.-])\d[\d,]{4,}(?![\w.-])/g) ?? []);
	for (const figure of secrets.figures) {
		const grouped = Number(figure).toLocaleString('en');
		expect(numbers.has(figure) || numbers.has(grouped), `${figure} in ${where}`).toBe(false);
	}
	for (const word of [...secrets.emails, ...secrets.files]) {
		expect(body.includes(word), `${word} in ${where}`).toBe(false);
	}
}

function dataOf(address: string): string {
	const url = new URL(address, baseUrl());
	return `${url.pathname === '/' ? '' : url.pathname}/__data.json${url.search}`;
}
