import { once } from 'node:events';
import { Agent, request as send, type IncomingMessage } from 'node:http';
import { expect, test } from '@playwright/test';
import { browserOf } from '../people.ts';

// What is sent without end or without sense is refused while it comes, and nobody waits for it.

const KB = 1024;
const MB = 1024 * KB;
const plain = 'application/x-www-form-urlencoded';
const boundary = '----a-line-that-stands-between';
const multipart = `multipart/form-data; boundary=${boundary}`;
const ampersands = (bytes: number) => 'a&'.repeat(bytes / 2);
const emptyFields = (count: number) =>
	`--${boundary}\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n`.repeat(count) +
	`--${boundary}--\r\n`;

const ofNobody: [string, number][] = [
	['/theme', 413],
	['/language', 413],
	['/acting', 413],
	['/sign-in', 413],
	['/sign-in?unsent', 413],
	['/invitation?/newcomer&token=x', 413],
	['/setup?token=x', 413],
	// These are answered without a look at what comes with them.
	['/sign-out', 303],
	['/nowhere', 404],
	['/open', 405],
	['/meetings?/plan', 303],
	['/api/v1/submissions', 401],
	['/api/v1/nowhere', 401]
];

const ofSignedIn: [string, number][] = [
	['/theme', 413],
	['/acting', 413],
	['/sign-in', 413],
	['/meetings?/plan', 413],
	['/submissions/new/form?/save', 413],
	['/account?/password', 413],
	['/nowhere', 404],
	['/api/v1/submissions', 401]
];

for (const [address, status] of ofNobody) {
	test(`nobody's megabytes of ampersands are not taken at ${address}`, async ({ baseURL }) => {
		const body = ampersands(2 * MB);
		expect((await post(baseURL, address, { body })).status).toBe(status);
		expect((await post(baseURL, address, { body, chunked: true })).status).toBe(
			// Only a size that is said can keep a form from being sent on to where it waits for its sender.
			address.startsWith('/meetings') ? 307 : status
		);
	});
}

for (const [address, status] of ofSignedIn) {
	test(`a signed-in person's megabytes of ampersands are not taken at ${address}`, async ({
		baseURL,
		browser
	}) => {
		const headers = await known(browser);
		const body = ampersands(2 * MB);
		expect((await post(baseURL, address, { body, headers })).status).toBe(status);
		expect((await post(baseURL, address, { body, headers, chunked: true })).status).toBe(status);
	});
}

test('a hundred thousand empty fields are not taken, from nobody and from a signed-in person', async ({
	baseURL,
	browser
}) => {
	const body = emptyFields(100_000);
	const senders: Record<string, string>[] = [{}, await known(browser)];
	for (const headers of senders) {
		const sent = { body, headers: { ...headers, 'content-type': multipart } };
		for (const chunked of [false, true])
			expect((await post(baseURL, '/theme', { ...sent, chunked })).status).toBe(413);
	}
});

test('a form without end is refused before it ends, and others are served meanwhile', async ({
	baseURL,
	request
}) => {
	const open = await Promise.all(
		['/theme', '/language', '/sign-in', '/setup?token=x'].map(async (address) => {
			const asked = start(baseURL, address, { chunked: true });
			asked.write(ampersands(300 * KB));
			const [answer] = (await once(asked, 'response')) as [IncomingMessage];
			expect(answer.statusCode, address).toBe(413);
			return asked;
		})
	);
	expect((await request.get('/open')).status()).toBe(200);
	for (const asked of open) asked.destroy();
});

test('a connection carries the next request after a form that nobody read', async ({ baseURL }) => {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const refused = await post(baseURL, '/nowhere', { body: ampersands(4 * MB), agent });
	const next = await post(baseURL, '/theme', { body: 'theme=dark', agent });
	expect([refused.status, next.status]).toEqual([404, 303]);
	expect(next.port).toBe(refused.port);
	agent.destroy();
});

test('the refusal is said in the language of the reader, on a page and to its script', async ({
	baseURL
}) => {
	const body = ampersands(2 * MB);
	const html = { accept: 'text/html' };
	const chinese = await post(baseURL, '/sign-in', { body, headers: html });
	expect(chinese.text).toContain('没有保存：表单内容太多');
	const english = await post(baseURL, '/sign-in', {
		body,
		headers: { ...html, cookie: 'PARAGLIDE_LOCALE=en' }
	});
	expect(english.text).toContain('the form holds more than can be taken at once');
	// The page's script shows it beside what was typed, and leaves that where it is.
	const script = { accept: 'application/json', 'x-sveltekit-action': 'true' };
	const answer = await post(baseURL, '/sign-in', { body, headers: script });
	expect(JSON.parse(answer.text)).toMatchObject({
		type: 'failure',
		status: 413,
		data: expect.stringContaining('form_too_large')
	});
});

test('what the largest page of the online form sends arrives', async ({ baseURL, browser }) => {
	const headers = await known(browser);
	const fields = Array.from({ length: 600 }, (_, at) => [
		['key', `310101|${at}`],
		['value', '12'],
		['reason', ''],
		['explanation', '这里写了一句足够长的说明']
	]).flat() as [string, string][];
	const body = new URLSearchParams([['revision', '0'], ...fields]).toString();
	const answer = await post(baseURL, '/submissions/new/form?/save', {
		body,
		headers: { ...headers, accept: 'application/json' }
	});
	// Read whole: what it lacks is the return that it belongs to.
	expect(JSON.parse(answer.text)).toMatchObject({ type: 'failure', status: 400 });
	expect(answer.text).not.toContain('表单内容太多');
});

async function known(browser: Parameters<typeof browserOf>[0]) {
	const context = await browserOf(browser, 'secretariat');
	const cookies = await context.cookies();
	await context.close();
	return { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

type Sent = {
	body?: string;
	headers?: Record<string, string>;
	chunked?: boolean;
	agent?: Agent;
};

function start(baseURL: string | undefined, address: string, { body, headers, ...how }: Sent) {
	const length =
		how.chunked || body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
	return send(`${baseURL}${address}`, {
		method: 'POST',
		headers: { origin: baseURL, 'content-type': plain, ...length, ...headers },
		...(how.agent ? { agent: how.agent } : {})
	});
}

async function post(baseURL: string | undefined, address: string, sent: Sent) {
	const asked = start(baseURL, address, sent);
	const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
	if (sent.chunked) asked.write('a=1&');
	asked.end(sent.body);
	const [answer] = await answered;
	const port = answer.socket.localPort;
	const parts: Buffer[] = [];
	for await (const part of answer) parts.push(part as Buffer);
	return { status: answer.statusCode, text: Buffer.concat(parts).toString(), port };
}
