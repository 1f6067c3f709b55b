import {
	chmodSync,
	cpSync,
	existsSync,
	lstatSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StartProblem } from './folder.ts';

/** The ordinary user that Postgres runs as when everything else runs as root, which Postgres refuses to. */
export type ServiceAccount = { uid: number; gid: number };

/** An ordinary user of this machine, or null if we are one already. */
export function serviceAccount(): ServiceAccount | null {
	if (process.getuid?.() !== 0) return null;
	const users = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.map((line) => line.split(':'));
	for (const name of ['xiezhi', 'postgres', 'nobody']) {
		const user = users.find((fields) => fields[0] === name);
		const [uid, gid] = [Number(user?.[2]), Number(user?.[3])];
		if (user && uid > 0) return { uid, gid };
	}
	throw new StartProblem(
		'Postgres does not run as root and this machine has no other user: add one with useradd --system xiezhi.'
	);
}

/**
 * The Postgres programs where the account can reach them. A clone in a private folder such as /root is closed
 * to it; then they are copied once, program files only, to a folder of the system.
 */
export function reachablePrograms(
	native: string,
	version: string,
	account: ServiceAccount | null
): string {
	if (!account || isOpen(native)) return native;
	const copy = join('/var/cache/xiezhi', `postgres-${version}`);
	if (existsSync(copy)) return copy;
	const fresh = `${copy}.${process.pid}`;
	try {
		cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
		open(fresh);
		chmodSync(dirname(fresh), 0o755);
		renameSync(fresh, copy);
	} catch (error) {
		rmSync(fresh, { recursive: true, force: true });
		if (existsSync(copy)) return copy;
		throw new StartProblem(
			`Postgres cannot be reached by an ordinary user in ${native} (${(error as NodeJS.ErrnoException).code}): clone the project to a folder that others may enter, or run it as an ordinary user.`
		);
	}
	return copy;
}

/** Whether every user may enter the folder and run what is in it. */
function isOpen(native: string): boolean {
	if ((statSync(join(native, 'bin', 'postgres')).mode & 0o005) !== 0o005) return false;
	for (let folder = native; ; folder = dirname(folder)) {
		if ((statSync(folder).mode & 0o001) === 0) return false;
		if (folder === dirname(folder)) return true;
	}
}

function open(path: string): void {
	const info = lstatSync(path);
	if (info.isSymbolicLink()) return;
	chmodSync(path, info.mode | (info.isDirectory() || info.mode & 0o100 ? 0o755 : 0o644));
	if (info.isDirectory()) for (const name of readdirSync(path)) open(join(path, name));
}
