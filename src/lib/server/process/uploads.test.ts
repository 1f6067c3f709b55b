import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UNREAD } from '#lib/sheets/mapping.ts';
import type { Upload } from '#lib/filing/upload.ts';
import * as uploads from './uploads.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'xiezhi-uploads-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const owner = {
	person: '00000000-0000-0000-0000-000000000001',
	organisation: 'ours',
	obligation: 'march'
};
const found = {} as Upload['found'];
const file = (size: number) => ({
	name: '../../月报.csv',
	size,
	sha256: '0'.repeat(64),
	reading: UNREAD,
	remembered: null,
	found
});

test('a clerk finds their file again, byte for byte, and nobody else does', async () => {
	const kept = await uploads.keep(folder, owner, file(3), Buffer.from('a,b'));
	const again = await uploads.find(folder, owner, kept.id);
	expect(again?.name).toBe('../../月报.csv');
	expect(Buffer.from(await uploads.bytes(folder, kept)).toString()).toBe('a,b');

	const rival = { ...owner, person: '00000000-0000-0000-0000-000000000002' };
	expect(await uploads.find(folder, rival, kept.id)).toBeNull();
	expect(await uploads.find(folder, { ...owner, organisation: 'rival' }, kept.id)).toBeNull();
	expect(await uploads.find(folder, { ...owner, obligation: 'april' }, kept.id)).toBeNull();
	expect(await uploads.find(folder, owner, `../${kept.id}`)).toBeNull();
	expect((await stat(join(folder, owner.person, kept.id))).mode & 0o777).toBe(0o600);
});

test('the fifth file still has room, with the sixth the oldest goes', async () => {
	const kept: Upload[] = [];
	for (let i = 0; i < 6; i++) {
		const upload = await uploads.keep(folder, owner, file(1), Buffer.from('a'));
		kept.push(upload);
		const at = new Date(Date.now() - 60_000 + i * 1000);
		await utimes(join(folder, owner.person, upload.id), at, at);
	}
	const still = await Promise.all(kept.map(({ id }) => uploads.find(folder, owner, id)));
	expect(still.map((upload) => upload !== null)).toEqual([false, true, true, true, true, true]);
});

test('after a day, or once it is filed, nothing of a file is left', async () => {
	const old = await uploads.keep(folder, owner, file(1), Buffer.from('a'));
	const yesterday = new Date(Date.now() - 25 * 3_600_000);
	for (const name of await readdir(join(folder, owner.person)))
		await utimes(join(folder, owner.person, name), yesterday, yesterday);
	const fresh = await uploads.keep(folder, owner, file(1), Buffer.from('b'));
	expect(await uploads.find(folder, owner, old.id)).toBeNull();
	await uploads.discard(folder, fresh);
	expect(await readdir(join(folder, owner.person))).toEqual([]);
});
