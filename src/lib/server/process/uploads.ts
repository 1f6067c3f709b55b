import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Upload } from '#lib/filing/upload.ts';

/** The owner of an upload: this person acting for this organisation, for this obligation. */
export type Owner = Pick<Upload, 'person' | 'organisation' | 'obligation'>;

const HOURS = 24;
const FILES_PER_PERSON = 5;
const BYTES_PER_PERSON = 96 * 1024 * 1024;
const ID = /^[0-9a-f]{32}$/;
const PERSON = /^[0-9a-f-]{36}$/;

/**
 * Keeps a file while its owner corrects it, for 24 hours. Beyond five files or 96 MB of one person the oldest go,
 * and with them their corrections.
 */
export async function keep(
	folder: string,
	owner: Owner,
	file: Pick<Upload, 'name' | 'size' | 'sha256' | 'reading' | 'remembered' | 'found'>,
	bytes: Uint8Array
): Promise<Upload> {
	const id = randomBytes(16).toString('hex');
	const upload: Upload = { id, ...owner, ...file, kept_at: Date.now() };
	await mkdir(folderOf(folder, owner), { recursive: true, mode: 0o700 });
	await sweep(folder);
	await makeRoom(folder, owner, bytes.byteLength);
	await writeFile(bytesFile(folder, upload), bytes, { mode: 0o600 });
	await save(folder, upload);
	return upload;
}

/** Writes what is known of a kept file; a reader never sees half of it. */
export async function save(folder: string, upload: Upload): Promise<void> {
	const file = `${bytesFile(folder, upload)}.json`;
	const half = `${file}.${randomBytes(4).toString('hex')}`;
	await writeFile(half, JSON.stringify(upload), { mode: 0o600 });
	await rename(half, file);
}

/** The kept file, or null: unknown, too old, or somebody else's. */
export async function find(folder: string, owner: Owner, id: string): Promise<Upload | null> {
	if (!ID.test(id)) return null;
	const file = `${bytesFile(folder, { ...owner, id })}.json`;
	const text = await readFile(file, 'utf8').catch(() => null);
	if (text === null) return null;
	const upload = JSON.parse(text) as Upload;
	const own =
		upload.person === owner.person &&
		upload.organisation === owner.organisation &&
		upload.obligation === owner.obligation;
	return own && Date.now() - upload.kept_at < HOURS * 3_600_000 ? upload : null;
}

/** The bytes as they were uploaded. */
export async function bytes(
	folder: string,
	upload: Pick<Upload, 'person' | 'id'>
): Promise<Uint8Array> {
	return new Uint8Array(await readFile(bytesFile(folder, upload)));
}

export async function discard(
	folder: string,
	upload: Pick<Upload, 'person' | 'id'>
): Promise<void> {
	await rm(`${bytesFile(folder, upload)}.json`, { force: true });
	await rm(bytesFile(folder, upload), { force: true });
}

async function makeRoom(folder: string, { person }: Owner, needed: number): Promise<void> {
	const kept = (await filesIn(folderOf(folder, { person })))
		.filter(({ name }) => ID.test(name))
		.sort((a, b) => b.at - a.at);
	let room = BYTES_PER_PERSON - needed;
	for (const [place, { name, size }] of kept.entries()) {
		room -= size;
		if (place >= FILES_PER_PERSON - 1 || room < 0) await discard(folder, { person, id: name });
	}
}

/** Takes away what nobody came back for. */
async function sweep(folder: string): Promise<void> {
	for (const person of await readdir(folder)) {
		for (const { name, at } of await filesIn(join(folder, person))) {
			if (Date.now() - at > HOURS * 3_600_000)
				await rm(join(folder, person, name), { force: true });
		}
	}
}

async function filesIn(folder: string) {
	const files: { name: string; size: number; at: number }[] = [];
	for (const name of await readdir(folder)) {
		const found = await stat(join(folder, name)).catch(() => null);
		if (found?.isFile()) files.push({ name, size: found.size, at: found.mtimeMs });
	}
	return files;
}

function folderOf(folder: string, { person }: Pick<Upload, 'person'>): string {
	if (!PERSON.test(person)) throw new Error('a person has a UUID');
	return join(folder, person);
}

function bytesFile(folder: string, { person, id }: Pick<Upload, 'person' | 'id'>): string {
	if (!ID.test(id)) throw new Error('a kept file has an id of 32 digits');
	return join(folderOf(folder, { person }), id);
}
