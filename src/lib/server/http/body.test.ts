import { isHttpError } from '@sveltejs/kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bringsFile, bytesIn, formIn } from './body.ts';

const KB = 1024;
const MB = 1024 * KB;
const plain = 'application/x-www-form-urlencoded';
const boundary = '----a-line-that-stands-between';
const multipart = `multipart/form-data; boundary=${boundary}`;

describe('a plain form', () => {
	test('is read as a browser writes it, and whatever else is sent as URLSearchParams reads it', async () => {
		const piece = fc.constantFrom('&', '=', '+', '%', '%4', '%41', '%e4%b8%ad', '%ff', 'a');
		const text = fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 });
		await fc.assert(
			fc.asyncProperty(text, async (pieces) => {
				const sent = pieces.join('');
				expect([...(await formIn(post(plain, sent), false))]).toEqual([
					...new URLSearchParams(`&${sent}`)
				]);
			})
		);
		const written = new URLSearchParams({ 名称: '说明 & 更多 + 1%' }).toString();
		expect([...(await formIn(post(plain, written), false))]).toEqual([
			['名称', '说明 & 更多 + 1%']
		]);
	});

	test.each([
		['nobody', false, 256 * KB],
		['a signed-in person', true, 2 * MB]
	])(
		'of %s has a largest size, also where nothing says how large it is',
		async (_, known, most) => {
			expect([...(await formIn(post(plain, `a=${'b'.repeat(most - 2)}`), known))]).toHaveLength(1);
			expect(await refusal(formIn(post(plain, `a=${'b'.repeat(most)}`), known))).toBe(
				'413 form_too_large'
			);
			expect(await refusal(formIn(post(plain, flood()), known))).toBe('413 form_too_large');
		}
	);

	test.each([
		['nobody', false, 1_000],
		['a signed-in person', true, 5_000]
	])('of %s has a largest number of fields', async (_, known, most) => {
		const fields = (count: number) => Array.from({ length: count }, () => 'a').join('&');
		expect([...(await formIn(post(plain, fields(most)), known))]).toHaveLength(most);
		expect(await refusal(formIn(post(plain, fields(most + 1)), known))).toBe('413 form_too_large');
	});
});

describe('a form with files', () => {
	test('comes whole, names in Chinese too', async () => {
		const form = new FormData();
		form.set('note', '说明 & more');
		form.set('file', new File(['a,b\r\n'], '十月.csv', { type: 'text/csv' }));
		const read = await formIn(new Request('http://here', { method: 'POST', body: form }), false);
		expect(read.get('note')).toBe('说明 & more');
		const file = read.get('file') as File;
		expect([file.name, await file.text()]).toEqual(['十月.csv', 'a,b\r\n']);
	});

	test('is refused where it has more parts or bytes than its sender may send', async () => {
		const part = `content-disposition: form-data; name="a"\r\n\r\n\r\n`;
		const of = (count: number) => `${`--${boundary}\r\n${part}`.repeat(count)}--${boundary}--\r\n`;
		expect([...(await formIn(post(multipart, of(1_000)), false))]).toHaveLength(1_000);
		expect(await refusal(formIn(post(multipart, of(1_001)), false))).toBe('413 form_too_large');
		expect(await refusal(formIn(post(multipart, of(5_001)), true))).toBe('413 form_too_large');
		expect(await refusal(formIn(post(multipart, flood()), false))).toBe('413 upload_too_large');
	});

	test.each([
		['without a boundary', 'multipart/form-data', 'a'],
		['that breaks off', multipart, `--${boundary}\r\ncontent-disposition: form-data; name="a"`],
		[
			'with an endless head of a part',
			multipart,
			`--${boundary}\r\n${'x: y\r\n'.repeat(3_000)}content-disposition: form-data; name="a"\r\n\r\n\r\n--${boundary}--\r\n`
		],
		['of another kind', 'text/plain', 'a=b']
	])('is not readable %s', async (_, type, body) => {
		expect(await refusal(formIn(post(type, body), true))).toBe('400 upload_not_readable');
	});
});

test('what somebody typed is no file; what is larger, or does not say how large it is, may be one', () => {
	const length = (bytes: number) => ({ 'content-length': String(bytes) });
	expect(bringsFile(new Request('http://here'))).toBe(false);
	expect(bringsFile(post(plain, 'a=b', length(3)))).toBe(false);
	expect(bringsFile(post(multipart, 'a', length(MB)))).toBe(true);
	expect(bringsFile(post(multipart, 'a'))).toBe(true);
});

test('a body whose header understates it is counted all the same', async () => {
	const request = post('application/json', 'x'.repeat(100), { 'content-length': '1' });
	expect(await refusal(bytesIn(request, 99))).toBe('413 upload_too_large');
});

function post(type: string, body: string | ReadableStream, headers: Record<string, string> = {}) {
	return new Request('http://here', {
		method: 'POST',
		body,
		headers: { 'content-type': type, ...headers },
		...{ duplex: 'half' }
	});
}

/** 4 MB of ampersands in pieces. */
function flood() {
	let left = 256;
	return new ReadableStream({
		pull(controller) {
			if (left-- > 0) controller.enqueue(Buffer.from('a&'.repeat(8 * KB)));
			else controller.close();
		}
	});
}

async function refusal(answer: Promise<unknown>): Promise<string> {
	const caught: unknown = await answer.catch((problem: unknown) => problem);
	return isHttpError(caught) ? `${caught.status} ${caught.body.key}` : 'none';
}
