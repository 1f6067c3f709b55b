import type { Client } from 'pg';
import type { Row } from './store.ts';

/** Somebody in the organisation they act for. */
export type Person = { person: string; organisation: string };

/** What somebody does at an hour of the story; nobody: what happens by itself, or before there is anybody. */
export type Scene = { at: Date; by: Person | null; does: (stage: Stage) => Promise<void> };

/** Where a scene is played. */
export type Stage = {
	/** Calls a verb, its arguments by their names, and gives its answer. */
	call: <T = string>(verb: string, given: Row) => Promise<T>;
	/** What they read. */
	read: <T>(sql: string, values?: unknown[]) => Promise<T[]>;
	/** What the owner of the database does at that hour: what has no verb on purpose, and entries in bulk. */
	owner: <T>(sql: string, values?: unknown[]) => Promise<T[]>;
	/** The ids that verbs gave, by what the story calls them. */
	ids: Ids;
};

type Ids = { keep: (name: string, id: string) => void; of: (name: string) => string };

/**
 * Tells the scenes of all chapters in the order of their hours, at the same hour in the order given. Each is done with the
 * story's clock and the claims that the API sets for who does it: rights, records and notifications come about by themselves.
 * The client sends what follows without waiting for answers (`pipeline`).
 */
export async function tell(client: Client, scenes: Scene[]): Promise<void> {
	const ids = idsByName();
	const become = becoming(client);
	// Figures of a period follow its totals at the end, and where somebody asks before.
	await client.query('set constraints private.figures_follow deferred');
	let known = 40;
	const inOrder = scenes.toSorted((a, b) => a.at.getTime() - b.at.getTime());
	for (const [done, { at, by, does }] of inOrder.entries()) {
		const query = async <T>(role: string, sql: string, values: unknown[] = []) => {
			const [, { rows }] = await Promise.all([become(role, at, by), client.query(sql, values)]);
			return rows as T[];
		};
		await does({
			ids,
			read: (sql, values) => query('authenticated', sql, values),
			owner: (sql, values) => query('none', sql, values),
			call: async <T>(verb: string, given: Row) => {
				const names = Object.keys(given).filter((name) => given[name] !== undefined);
				const sql = `select public.${verb}(${names.map((name, place) => `${name} => $${place + 1}`).join(', ')}) as answer`;
				const values = names.map((name) => given[name]);
				try {
					const [row] = await query<{ answer: T }>('authenticated', sql, values);
					return row?.answer as T;
				} catch (cause) {
					const when = at.toISOString();
					throw new Error(`The story breaks off at ${verb}, ${when}: ${String(cause)}`, { cause });
				}
			}
		});
		// Plans are made for as much as was there: each time the story has doubled they are made anew.
		if (done < known * 2) continue;
		known = done;
		await become('none');
		await client.query(
			'analyze public.obligations, public.submissions, public.entries, public.totals, public.reviews, public.notifications, private.contributions, private.reporting'
		);
	}
	await become('none');
	await client.query('set constraints private.figures_follow immediate');
}

/** Sets clock, claims and role of the transaction for what is asked next, where they are others than those that stand. */
function becoming(client: Client) {
	let last = '';
	return async (role: string, at?: Date, by: Person | null = null) => {
		const claims = by && { sub: by.person, role: 'authenticated', org: by.organisation };
		const wanted = [at?.toISOString() ?? '', claims ? JSON.stringify(claims) : '', role];
		if (wanted.join() === last) return;
		last = wanted.join();
		await client.query(
			`select set_config('xiezhi.clock', $1, true), set_config('request.jwt.claims', $2, true), set_config('role', $3, true)`,
			wanted
		);
	};
}

function idsByName(): Ids {
	const known = new Map<string, string>();
	return {
		keep: (name, id) => void known.set(name, id),
		of: (name) => {
			const id = known.get(name);
			if (!id) throw new Error(`Nothing is called ${name} yet.`);
			return id;
		}
	};
}
