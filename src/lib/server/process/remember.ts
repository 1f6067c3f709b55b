/**
 * Keeps what everybody may read alike (the registry, regions, published series) for a while, so that pages do
 * not ask the database for it again and again. Only for reads whose answer is the same for every reader.
 */
const kept = new Map<string, { until: number; answer: Promise<unknown> }>();

/**
 * Asked at most once a minute; people who ask at the same moment share one answer. All doors share the keys:
 * two answers of different shape need different ones.
 */
const milliseconds = 60_000;
const most = 500;

export function remember<T>(key: string, ask: () => Promise<T>, now = Date.now()): Promise<T> {
	const known = kept.get(key);
	if (known && known.until > now) return known.answer as Promise<T>;

	const answer = ask();
	if (kept.size >= most) kept.clear();
	kept.set(key, { until: now + milliseconds, answer });
	// A failure is the asker's own (a token that ended): the next one asks again.
	answer.catch(() => kept.delete(key));
	return answer;
}

/** What was just changed is asked again. Another instance of the app follows within the minute. */
export function forget(...keys: string[]) {
	for (const key of keys) kept.delete(key);
}
