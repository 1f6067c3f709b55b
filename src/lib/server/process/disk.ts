import { statfsSync } from 'node:fs';

const MB = 1024 * 1024;

/**
 * Whether a file may still be taken: below 512 MB, or a twentieth of a small disk, what is left is for what was taken
 * already, for the log and for whoever makes room. A folder that nobody has made yet is no reason to refuse.
 */
export function hasRoom(folder: string): boolean {
	try {
		const { bavail, blocks, bsize } = statfsSync(folder);
		return bavail * bsize > Math.min(512 * MB, (blocks * bsize) / 20);
	} catch {
		return true;
	}
}
