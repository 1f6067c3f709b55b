import { refusing, type Refusal } from '#lib/server/db.ts';
import type { Progress, Watcher } from '#lib/filing/progress.ts';

const CANCELLED: Refusal = { status: 409, key: 'upload_cancelled' };

type Running = { progress: Progress | null; cancel: AbortController };

const under = new Map<string, Running>();
/** What each person cancelled last before it had begun. */
const unwanted = new Map<string, string>();

/**
 * Does what takes a while, keeps how far it is, and lets the person who began it under a name of their own cancel it:
 * the signal's reason is the refusal upload_cancelled.
 */
export async function watched<T>(
	person: string,
	name: string,
	act: (watcher: Watcher) => Promise<T>
): Promise<T> {
	const running: Running = { progress: null, cancel: new AbortController() };
	const key = `${person} ${name}`;
	under.set(key, running);
	if (unwanted.get(person) === name) {
		running.cancel.abort(CANCELLED);
		unwanted.delete(person);
	}
	try {
		return await act({
			tell: (progress) => (running.progress = progress),
			cancelled: running.cancel.signal
		});
	} finally {
		if (under.get(key) === running) under.delete(key);
	}
}

/** The progress of a person's upload; null before it says anything, after it has ended, and for everybody else. */
export function find(person: string, name: string): Progress | null {
	return under.get(`${person} ${name}`)?.progress ?? null;
}

/**
 * Cancels it, also before it has begun: a form may still be on its way.
 * @throws refusal upload_being_filed once the last transaction is on its way
 */
export function cancel(person: string, name: string): void {
	const running = under.get(`${person} ${name}`);
	if (running?.progress?.phase === 'filing') refusing({ status: 409, key: 'upload_being_filed' });
	if (running) running.cancel.abort(CANCELLED);
	else unwanted.set(person, name);
}
