import { randomBytes } from 'node:crypto';
import {
	closeSync,
	copyFileSync,
	fsyncSync,
	linkSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statfsSync,
	statSync,
	truncateSync,
	writeSync
} from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

/** Something a person can put right; its message is one sentence that says how. */
export class StartProblem extends Error {}

/** Least free space to start with: the write-ahead log alone may grow to it. */
const leastFreeBytes = 512 * 1024 * 1024;

/** Writes a whole file that only its owner may read: whoever reads it sees the old or the new one. */
export function writePrivate(path: string, text: string): void {
	const fresh = `${path}.${randomBytes(4).toString('hex')}`;
	const file = openSync(fresh, 'wx', 0o600);
	try {
		writeSync(file, text);
		fsyncSync(file);
		renameSync(fresh, path);
	} catch (error) {
		rmSync(fresh, { force: true });
		throw error;
	} finally {
		closeSync(file);
	}
}

/** Makes sure of a data folder that can be written and has room. */
export function prepareFolder(dataDir: string): void {
	try {
		mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
		writePrivate(join(dataDir, '.writable'), '');
		rmSync(join(dataDir, '.writable'));
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (isFull(error)) throw noSpace(dataDir);
		throw new StartProblem(
			`The data folder ${dataDir} cannot be written (${code ?? 'unknown'}): give your user the right to, or set DATA_DIR to another folder. 数据目录不可写。`
		);
	}
	const { bavail, bsize } = statfsSync(dataDir);
	if (bavail * bsize < leastFreeBytes) throw noSpace(dataDir);
}

/** Whether something failed because the disk is full. */
export function isFull(error: unknown): boolean {
	return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** Most bytes of a log; its older half is kept beside it. */
const mostLogBytes = 16 * 1024 * 1024;

/** Begins logs anew that have grown too long; what they held before stays in `<name>.log.1` until the next time. */
export function boundLogs(dataDir: string): void {
	const folder = join(dataDir, 'logs');
	for (const name of readdirSync(folder).filter((one) => one.endsWith('.log'))) {
		const path = join(folder, name);
		if (statSync(path).size <= mostLogBytes) continue;
		try {
			copyFileSync(path, `${path}.1`);
		} catch (error) {
			if (!isFull(error)) throw error;
			rmSync(`${path}.1`, { force: true });
		}
		// Its writers append: they go on where the file ends now.
		truncateSync(path);
	}
}

/** What to say when the disk of the data folder is full. */
export function noSpace(dataDir: string): StartProblem {
	return new StartProblem(
		`There is no space left for the data folder ${dataDir}: free at least 512 MB, or set DATA_DIR to another disk. 磁盘空间不足。`
	);
}

/** A process as it was when it started: a number that the system gave to another one later does not match. */
export type ProcessMark = { pid: number; mark: string };

/** Who this process is, or null if there is none of this number. */
export function markOf(pid: number): ProcessMark | null {
	try {
		if (process.platform === 'linux') {
			// Fields after the name, which may hold spaces: state is the first, the start time the twentieth.
			const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
				.replace(/^.*\) /, '')
				.split(' ');
			if (fields[0] === 'Z') return null;
			const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
			return { pid, mark: `${boot} ${fields[19]}` };
		}
		process.kill(pid, 0);
		const started = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
		return { pid, mark: started.stdout?.trim() ?? '' };
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM' ? { pid, mark: '' } : null;
	}
}

/** Whether the very process still runs. */
export function isAlive(process: ProcessMark): boolean {
	return markOf(process.pid)?.mark === process.mark;
}

type Lock = { holder: ProcessMark; parts: Record<string, ProcessMark> };

/** The right to a data folder, for as long as this process lives. */
export type FolderLock = {
	/** Parts that a killed predecessor may have left running. */
	leftovers: Record<string, ProcessMark>;
	/** Remembers a part that was started, so that a successor can end it. */
	note(part: string, pid: number): void;
	release(): void;
};

/**
 * Takes a data folder for this process. A lock of a process that is gone is taken over.
 * @throws StartProblem if another instance runs on it
 */
export function lockFolder(dataDir: string): FolderLock {
	const path = join(dataDir, 'lock.json');
	const holder = markOf(process.pid);
	if (!holder) throw new Error('this process cannot see itself');
	const mine: Lock = { holder, parts: {} };

	const fresh = `${path}.${process.pid}`;
	writePrivate(fresh, JSON.stringify(mine));
	try {
		return { leftovers: take(path, fresh), note, release };
	} finally {
		rmSync(fresh, { force: true });
	}

	function note(part: string, pid: number) {
		const started = markOf(pid);
		if (started) mine.parts[part] = started;
		try {
			writePrivate(path, JSON.stringify(mine));
		} catch (error) {
			// What runs goes on running; a successor finds by the port what it does not find here.
			if (!isFull(error)) throw error;
		}
	}

	function release() {
		rmSync(path, { force: true });
	}
}

/** Puts the file `fresh` in the place of a lock that nobody holds, and says what its holder had started. */
function take(path: string, fresh: string): Record<string, ProcessMark> {
	for (;;) {
		try {
			// Only one of several processes can make a link of this name.
			linkSync(fresh, path);
			return {};
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		const stale = readLock(path);
		if (stale === undefined) continue;
		if (stale && isAlive(stale.holder)) {
			throw new StartProblem(
				`Another instance (process ${stale.holder.pid}) already runs on this data folder: stop it first, or set DATA_DIR and PORT to others. 该数据目录已有实例在运行。`
			);
		}
		// Of several that see the same stale lock, one moves it away; the others find the new one.
		const aside = `${fresh}.stale`;
		try {
			renameSync(path, aside);
		} catch {
			continue;
		}
		const moved = readLock(aside);
		if (moved && isAlive(moved.holder)) {
			renameSync(aside, path);
			continue;
		}
		rmSync(aside, { force: true });
		try {
			linkSync(fresh, path);
			return moved?.parts ?? {};
		} catch {
			continue;
		}
	}
}

/** The lock in a file; null if it is damaged, undefined if there is none. */
function readLock(path: string): Lock | null | undefined {
	try {
		return JSON.parse(readFileSync(path, 'utf8')) as Lock;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : null;
	}
}
