import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, markOf, type ProcessMark } from './folder.ts';

/** Does something that only one process may do at a time, by a lock folder; one whose holder is gone is taken over. */
export async function inTurn<T>(lock: string, act: () => Promise<T>): Promise<T> {
	const holder = join(lock, 'holder.json');
	for (;;) {
		try {
			mkdirSync(lock);
			break;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		await pause(300);
		try {
			const other = JSON.parse(readFileSync(holder, 'utf8')) as ProcessMark;
			if (!isAlive(other)) rmSync(lock, { recursive: true, force: true });
		} catch {
			// Just made and not yet signed, or just given back.
		}
	}
	try {
		writeFileSync(holder, JSON.stringify(markOf(process.pid)));
		return await act();
	} finally {
		rmSync(lock, { recursive: true, force: true });
	}
}
