import { everybody } from './council.ts';
import { collected, type Domain, type Seen } from './engine.ts';

/** What each domain writes out of its own, a file beside this one. */
const domains = Object.values(
	import.meta.glob<Record<string, Domain>>(
		['./*.ts', '!./domains.ts', '!./engine.ts', '!./council.ts'],
		{
			eager: true
		}
	)
).flatMap((file) => Object.values(file));

/** What they bring to the council. */
export const brings = domains.flatMap(({ brings }) => brings ?? []);

const shows = domains.flatMap(({ shows }) => Object.entries(shows ?? {}));

/** What is seen of one table or function, with what other domains say that it shows of theirs. */
function seenOf(name: string, seen: Seen): Seen {
	const all = [seen, ...shows.flatMap(([shown, theirs]) => (shown === name ? theirs : []))];
	return Object.fromEntries(everybody.map((who) => [who, all.flatMap((one) => one[who] ?? [])]));
}

export const tables = collected(domains.map((domain) => domain.tables)).map(
	([name, table]) =>
		[name, 'whole' in table ? table : { ...table, seen: seenOf(name, table.seen) }] as const
);
export const calls = collected(domains.map((domain) => domain.calls)).map(
	([name, { rows, ...call }]) =>
		[name, { ...call, rows: rows && { ...rows, seen: seenOf(name, rows.seen) } }] as const
);
