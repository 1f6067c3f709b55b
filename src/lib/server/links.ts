import { aboutOf, type Subject } from '#lib/links/about.ts';
import { rows, type Db } from './db.ts';

/** The row that a text of the form `organisation:<id>` names; null where there is none that the reader may read. */
export async function named(db: Db, text: string | null): Promise<Subject | null> {
	const about = aboutOf(text);
	if (!about) return null;
	const found = rows(await db.rpc('subjects', { types: [about.type], ids: [about.id] }));
	return found[0] ?? null;
}

/** A text of the form `organisation:<id>` as the verbs take it. */
export function aboutArguments(text: string): { about_type?: string; about_id?: string } {
	if (!text) return {};
	const about = aboutOf(text);
	// A text that names nothing is refused by the database as a row that is not there.
	return { about_type: about?.type ?? text, about_id: about?.id ?? text };
}
