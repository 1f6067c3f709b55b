import { subjectOf } from '#lib/audit/acts.ts';

/** A row of any domain with its name, as far as the reader may read it; a row of `public.subjects`. */
export interface Subject {
	type: string;
	id: string;
	title_zh: string;
	title_en: string;
	period: string | null;
	/** The row on whose page it stands, where it has none of its own. */
	parent_id: string | null;
}

/** A row in an address or a form: `organisation:<id>`. */
export const aboutText = (type: string, id: string) => `${type}:${id}`;

/** The row that such a text names; null where it names none. What it names need not exist. */
export function aboutOf(text: string | null | undefined): { type: string; id: string } | null {
	const [, type, id] = /^([a-z_]{1,40}):(.{1,80})$/.exec(text ?? '') ?? [];
	return type && id ? { type, id } : null;
}

/** The page of a row, or null where it has none. */
export const pageOf = ({ type, id, parent_id }: Pick<Subject, 'type' | 'id' | 'parent_id'>) =>
	subjectOf(type).address({ id, parent: parent_id });
