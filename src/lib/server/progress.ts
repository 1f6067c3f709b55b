import type { Progress, Tell } from '#lib/submissions/progress.ts';

const under = new Map<string, Progress>();

/** Does what takes a while and keeps how far it is, for the person who began it under a name of their own. */
export async function telling<T>(
	person: string,
	name: string,
	act: (tell: Tell) => Promise<T>
): Promise<T> {
	const key = `${person} ${name}`;
	try {
		return await act((progress) => under.set(key, progress));
	} finally {
		under.delete(key);
	}
}

/** How far it is; null before it says anything, after it has ended, and for everybody else. */
export function find(person: string, name: string): Progress | null {
	return under.get(`${person} ${name}`) ?? null;
}
