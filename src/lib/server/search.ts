import type { Found } from '#lib/navigation/search.ts';
import { rows, type Db } from '#lib/server/db.ts';

/** What the reader may see in whose name all the words stand, at most so many of each kind. */
export async function find(db: Db, words: string, atMost = 10): Promise<Found[]> {
	return rows(await db.rpc('search', { words, at_most: atMost }));
}
