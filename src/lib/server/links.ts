import { aboutOf, type Subject } from '#lib/links/about.ts';
import type { Link } from '#lib/links/link.ts';
import { rows, type Db } from './db.ts';

/** What was decided about a row of any domain and what is done about it, newest first; nothing without a council. */
export async function of(
	db: Db,
	council: string | null | undefined,
	about_type: string,
	about_id: string
): Promise<Link[]> {
	if (!council) return [];
	return rows(await db.rpc('links', { council, about_type, about_id })) as Link[];
}

/** Those of the rows that the reader may read, with what they are called. */
export async function subjects(db: Db, wanted: { type: string; id: string }[]): Promise<Subject[]> {
	if (wanted.length === 0) return [];
	return rows(
		await db.rpc('subjects', {
			types: wanted.map(({ type }) => type),
			ids: wanted.map(({ id }) => id)
		})
	);
}

/** The row that a text of the form `organisation:<id>` names; null where there is none that the reader may read. */
export async function named(db: Db, text: string | null): Promise<Subject | null> {
	const about = aboutOf(text);
	return about ? ((await subjects(db, [about]))[0] ?? null) : null;
}

/** A text of the form `organisation:<id>` as the verbs take it. */
export function aboutArguments(text: string): { about_type?: string; about_id?: string } {
	if (!text) return {};
	const about = aboutOf(text);
	// A text that names nothing is refused by the database as a row that is not there.
	return { about_type: about?.type ?? text, about_id: about?.id ?? text };
}
