import { finished } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { LIMITS, refused } from './limits.ts';

export type Part = { name: string; size: number; entry: yauzl.Entry };
export type Archive = { parts: Map<string, Part>; zip: yauzl.ZipFile };

/**
 * Opens the container of a workbook and refuses what no spreadsheet program writes, before anything is unpacked.
 * Part names are compared in lower case, as the standard says; nothing is ever written to disk.
 */
export async function openArchive(bytes: Buffer): Promise<Archive> {
	const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
		yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, file) => {
			if (file) resolve(file);
			else reject(error ?? new Error('unreadable'));
		});
	}).catch(() => {
		throw refused('damaged_workbook');
	});
	if (zip.entryCount > LIMITS.zipEntries) {
		throw refused('too_many_parts', { count: zip.entryCount, limit: LIMITS.zipEntries });
	}
	const parts = new Map<string, Part>();
	await new Promise<void>((resolve, reject) => {
		zip.on('error', () => {
			reject(new Error('damaged'));
		});
		zip.on('end', resolve);
		zip.on('entry', (entry: yauzl.Entry) => {
			const name = entry.fileName.replace(/^\//, '').toLowerCase();
			if (parts.has(name)) {
				reject(new Error('twice'));
				return;
			}
			parts.set(name, { name, size: entry.uncompressedSize, entry });
			zip.readEntry();
		});
		zip.readEntry();
	}).catch(() => {
		throw refused('damaged_workbook');
	});
	refuseBombs([...parts.values()]);
	return { parts, zip };
}

function refuseBombs(parts: Part[]) {
	let unpacked = 0;
	let suspect = 0;
	for (const { entry } of parts) {
		unpacked += entry.uncompressedSize;
		if (entry.generalPurposeBitFlag & 1) throw refused('password_protected');
		if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
			throw refused('damaged_workbook');
		// Together: a bomb may come in many parts beside something that hardly shrinks.
		if (entry.uncompressedSize > entry.compressedSize * LIMITS.ratio)
			suspect += entry.uncompressedSize;
	}
	if (suspect > LIMITS.ratioFromBytes) throw refused('zip_bomb');
	if (unpacked > LIMITS.unpackedBytes) throw refused('zip_bomb');
}

/**
 * Unpacks one part piece by piece into `take`, which returns false to stop early. A part longer than its directory
 * says is refused while it is read, and one whose checksum does not fit at its end: a damaged digit must not
 * become a figure.
 */
export async function readPart(
	archive: Archive,
	part: Part,
	take: (piece: Buffer) => boolean | undefined
): Promise<void> {
	const stream = await new Promise<NodeJS.ReadableStream & { destroy(): void }>(
		(resolve, reject) => {
			archive.zip.openReadStream(part.entry, (error, opened) => {
				if (opened) resolve(opened);
				else reject(error ?? new Error('unreadable'));
			});
		}
	).catch(() => {
		throw refused('damaged_workbook');
	});
	let thrown: unknown = null;
	let stopped = false;
	let checksum = 0;
	stream.on('data', (piece: Buffer) => {
		if (stopped) return;
		checksum = crc32(piece, checksum);
		try {
			stopped = take(piece) === false;
		} catch (error) {
			thrown = error;
			stopped = true;
		}
		if (stopped) stream.destroy();
	});
	try {
		await finished(stream);
	} catch {
		if (!stopped) throw refused('damaged_workbook');
	}
	if (thrown) throw thrown as Error;
	if (!stopped && checksum !== part.entry.crc32) throw refused('damaged_workbook');
}
