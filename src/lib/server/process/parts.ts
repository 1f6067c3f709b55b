import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { refusing } from '#lib/server/db.ts';
import { sha256 } from '#lib/server/sha256.ts';

/**
 * A file on its way: whose it is, and its SHA-256 in hex by which it is continued. As the name is the content's,
 * halves of two files are never put together.
 */
export type Part = { person: string; sha256: string };

const HOURS = 24;
const FILES_PER_PERSON = 3;
const PERSON = /^[0-9a-f-]{36}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** Parts that a request is writing to at the moment. */
const busy = new Set<string>();

/** Bytes that have arrived; 0 where nothing has, or nobody came back for it in a day. */
export async function offset(folder: string, part: Part): Promise<number> {
	const found = await stat(fileOf(folder, part)).catch(() => null);
	return found && isFresh(found) ? found.size : 0;
}

/**
 * Adds to a file from `at` on; what arrives before the connection breaks stays. Beyond three files of one person the
 * oldest go.
 * @returns the new offset
 * @throws refusals upload_continues_elsewhere (409) where `at` is not where it ends, upload_too_large (413)
 */
export async function append(
	folder: string,
	part: Part,
	at: number,
	bytes: AsyncIterable<Uint8Array>,
	most: number
): Promise<number> {
	const path = fileOf(folder, part);
	if (busy.has(path)) refusing({ status: 409, key: 'upload_continues_elsewhere' });
	busy.add(path);
	try {
		if (at === 0) await makeRoom(folder, part);
		if ((await offset(folder, part)) !== at)
			refusing({ status: 409, key: 'upload_continues_elsewhere' });
		const file = await open(path, at === 0 ? 'w' : 'a', 0o600);
		let size = at;
		try {
			const pieces = bytes[Symbol.asyncIterator]();
			for (;;) {
				// A connection that breaks ends this part; its sender asks for the offset and goes on from there.
				const next = await pieces.next().catch(() => null);
				if (!next || next.done) return size;
				size += next.value.byteLength;
				if (size > most) refusing({ status: 413, key: 'upload_too_large' });
				await file.write(next.value);
			}
		} finally {
			await file.close();
		}
	} finally {
		busy.delete(path);
	}
}

/**
 * The whole file.
 * @throws refusal upload_gone where it is not whole, or not the file that its name says
 */
export async function whole(folder: string, part: Part): Promise<Uint8Array<ArrayBuffer>> {
	const bytes = (await offset(folder, part)) > 0 ? await readFile(fileOf(folder, part)) : null;
	if (!bytes || sha256(bytes) !== part.sha256) {
		await drop(folder, part);
		refusing({ status: 404, key: 'upload_gone' });
	}
	return bytes;
}

export async function drop(folder: string, part: Part): Promise<void> {
	await rm(fileOf(folder, part), { force: true });
}

/** Takes away what nobody came back for, anybody's, and this person's oldest. */
async function makeRoom(folder: string, { person, sha256 }: Part): Promise<void> {
	await mkdir(join(folder, person), { recursive: true, mode: 0o700 });
	for (const owner of await readdir(folder)) {
		const files: { path: string; at: number }[] = [];
		for (const name of await readdir(join(folder, owner))) {
			const path = join(folder, owner, name);
			const found = await stat(path).catch(() => null);
			if (!found) continue;
			if (!isFresh(found)) await rm(path, { force: true });
			else if (name !== sha256) files.push({ path, at: found.mtimeMs });
		}
		if (owner !== person) continue;
		files.sort((a, b) => b.at - a.at);
		for (const { path } of files.slice(FILES_PER_PERSON - 1)) await rm(path, { force: true });
	}
}

function isFresh({ mtimeMs }: { mtimeMs: number }): boolean {
	return Date.now() - mtimeMs < HOURS * 3_600_000;
}

function fileOf(folder: string, { person, sha256 }: Part): string {
	if (!PERSON.test(person)) throw new Error('a person has a UUID');
	if (!SHA256.test(sha256)) refusing({ status: 404, key: 'not_found' });
	return join(folder, person, sha256);
}
