import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '#lib/server/db.ts';
import * as parts from './parts.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'xiezhi-parts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const person = '00000000-0000-0000-0000-000000000001';
const rival = '00000000-0000-0000-0000-000000000002';
const content = Buffer.from('地区,人数\n浦东新区,12\n');
const partOf = (bytes: Buffer, of = person): parts.Part => ({
	person: of,
	sha256: createHash('sha256').update(bytes).digest('hex')
});
const part = partOf(content);

async function* arriving(bytes: Buffer, breaks = false) {
	for (let at = 0; at < bytes.length; at += 7)
		yield await Promise.resolve(bytes.subarray(at, at + 7));
	if (breaks) throw new Error('the connection broke');
}
const add = (at: number, bytes: Buffer, { of = part, breaks = false, most = 1000 } = {}) =>
	parts.append(folder, of, at, arriving(bytes, breaks), most);
const refusal = (act: Promise<unknown>) =>
	act.then(
		() => null,
		(caught) => refusalOf(caught)?.key
	);

test('what arrived before the connection broke is continued, and the file is whole in the end', async () => {
	expect(await add(0, content.subarray(0, 10), { breaks: true })).toBe(10);
	expect(await parts.offset(folder, part)).toBe(10);
	expect(await add(10, content.subarray(10))).toBe(content.length);
	expect(Buffer.from(await parts.whole(folder, part))).toEqual(content);
	await parts.drop(folder, part);
	expect(await parts.offset(folder, part)).toBe(0);
});

test('nothing is added at another place than its end, nor twice at once', async () => {
	await add(0, content.subarray(0, 10));
	expect(await refusal(add(5, content))).toBe('upload_continues_elsewhere');
	expect(await refusal(add(11, content))).toBe('upload_continues_elsewhere');
	const [one, other] = await Promise.all([
		refusal(add(10, content.subarray(10))),
		refusal(add(10, content.subarray(10)))
	]);
	expect([one, other].filter((key) => key === 'upload_continues_elsewhere')).toHaveLength(1);
	expect(Buffer.from(await parts.whole(folder, part))).toEqual(content);
});

test('a file that is not whole, or another than it says, is not taken', async () => {
	await add(0, content.subarray(0, 10));
	expect(await refusal(parts.whole(folder, part))).toBe('upload_gone');
	await add(0, Buffer.from('other'));
	expect(await refusal(parts.whole(folder, part))).toBe('upload_gone');
	expect(await refusal(add(0, Buffer.from('../'), { of: { person, sha256: '../../x' } }))).toBe(
		'not_found'
	);
});

test('nobody else can continue or take it', async () => {
	await add(0, content);
	expect(await parts.offset(folder, partOf(content, rival))).toBe(0);
	expect(await refusal(parts.whole(folder, partOf(content, rival)))).toBe('upload_gone');
});

test('a file may be so large and no larger', async () => {
	expect(await refusal(add(0, content, { most: content.length - 1 }))).toBe('upload_too_large');
	expect(
		await refusal(add(0, content, { of: partOf(Buffer.from('x')), most: content.length }))
	).toBeNull();
});

test('three files of one person have room, and after a day whatever is left goes', async () => {
	const files = Array.from({ length: 4 }, (_, n) => Buffer.from(`file ${n}`));
	for (const [n, file] of files.entries()) {
		await add(0, file, { of: partOf(file) });
		const at = new Date(Date.now() - 60_000 + n * 1000);
		await utimes(join(folder, person, partOf(file).sha256), at, at);
	}
	expect(await readdir(join(folder, person))).toHaveLength(3);
	expect(await parts.offset(folder, partOf(files[0] as Buffer))).toBe(0);
	const last = partOf(files[3] as Buffer);
	const old = new Date(Date.now() - 25 * 3_600_000);
	await utimes(join(folder, person, last.sha256), old, old);
	expect(await parts.offset(folder, last)).toBe(0);
	await add(0, content, { of: partOf(content, rival) });
	expect(await readdir(join(folder, person))).not.toContain(last.sha256);
});
