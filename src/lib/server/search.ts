import type { Found } from '#lib/navigation/search.ts';
import { rows, type Db } from '#lib/server/db.ts';

/** Everything the reader may see whose name holds all the words, at most so many of each kind. */
export async function find(db: Db, words: string, atMost = 10): Promise<Found[]> {
	return rows(await db.rpc('search', { words, at_most: atMost }));
}
