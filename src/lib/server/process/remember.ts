import type { Db } from '#lib/server/db.ts';

/** The reader behind a client, and the versions from before anything was read by it. */
export type Edition = {
	/** Of what everybody reads alike: the registry, regions, published series. */
	registry: string;
	/** Of everything; null: this request writes, and must see what it wrote. */
	council: string | null;
	/** For whom the reader acts, with all that decides what may be seen: readers with the same see alike. */
	acting: string;
	/** The reader, where an answer depends on the person too. */
	person: string;
};

const editions = new WeakMap<Db, Edition>();

/** Lets the answers to this client be kept for others who read the same edition. */
export function reads(db: Db, edition: Edition) {
	editions.set(db, edition);
}

type Kept = { version: string | null; at: number; answer: Promise<unknown> };

/** Where no version is known, what was changed elsewhere is seen after a minute. */
const minute = 60_000;

/** `longest`: milliseconds that an answer is kept by its version, should a copy of the database have lagged behind it. */
type Shelf = { kept: Map<string, Kept>; most: number; longest: number };

/** All doors share the keys: two answers of different shape need different ones. */
const everybodys: Shelf = { kept: new Map(), most: 500, longest: 10 * minute };
/** Fewer, because they are larger. */
const readers: Shelf = { kept: new Map(), most: 200, longest: minute };

/**
 * Keeps what everybody may read alike (the registry, regions, published series), so that pages do not ask the database
 * for it again and again. Only for reads whose answer is the same for every reader. People who ask at the same moment
 * share one answer.
 */
export function remember<T>(db: Db, key: string, ask: () => Promise<T>, now = Date.now()) {
	const version = editions.get(db)?.registry ?? null;
	return keep(everybodys, key, version, ask, now);
}

/**
 * Keeps what a reader was answered until something changes: for those who act for the same organisation in the same
 * roles (`acting`), or for this person only, where the answer depends on the person. What nobody changes is not asked again.
 */
export function rememberFor<T>(
	alike: 'acting' | 'person',
	db: Db,
	key: string,
	ask: () => Promise<T>,
	now = Date.now()
): Promise<T> {
	const edition = editions.get(db);
	if (!edition?.council) return ask();
	const who = alike === 'person' ? `${edition.person} ${edition.acting}` : edition.acting;
	const of = `${alike} ${who} ${key}`;
	return keep(readers, of, edition.council, ask, now);
}

function keep<T>(
	{ kept, most, longest }: Shelf,
	key: string,
	version: string | null,
	ask: () => Promise<T>,
	now: number
): Promise<T> {
	const known = kept.get(key);
	const isCurrent =
		known &&
		(version === null
			? now - known.at < minute
			: version === known.version && now - known.at < longest);
	if (isCurrent) return known.answer as Promise<T>;

	const answer = ask();
	// The one asked for longest ago makes room.
	kept.delete(key);
	const [oldest] = kept.keys();
	if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
	const entry = { version, at: now, answer };
	kept.set(key, entry);
	// A failure is the asker's own (a token that ended): the next one asks again.
	answer.catch(() => kept.get(key) === entry && kept.delete(key));
	return answer;
}

/** Drops kept answers that no version covers, after a change. Another instance of the app follows within the minute. */
export function forget(...keys: string[]) {
	for (const key of keys) everybodys.kept.delete(key);
}
