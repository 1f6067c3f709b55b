import { subjectOf, subjects } from '#lib/audit/acts.ts';

export type Found = {
	/** A type of subject. */
	kind: string;
	id: string;
	/** The row on whose page it stands, where it has none of its own. */
	parent_id: string | null;
	title_zh: string;
	title_en: string | null;
	note_zh: string;
	note_en: string | null;
	/** From 1 within its kind. */
	place: number;
	/** How many of its kind were found in all. */
	found: number;
};

/** The page on which a found thing stands. */
export const foundAt = ({ kind, id, parent_id }: Pick<Found, 'kind' | 'id' | 'parent_id'>) =>
	subjectOf(kind).address({ id, parent: parent_id }) ?? '/';

/** Found things by kind, in the order in which the kinds are named; kinds without any are left out. */
export function byKind(
	found: Found[]
): { kind: string; title: () => string; total: number; found: Found[] }[] {
	return Object.entries(subjects)
		.map(([kind, { found: title, word }]) => ({
			kind,
			title: title ?? word,
			found: found.filter((one) => one.kind === kind)
		}))
		.filter((group) => group.found.length > 0)
		.map((group) => ({ ...group, total: group.found[0]!.found }));
}

/** A text cut at the words looked for, so that a page can mark them: every second part is a match. */
export function markedParts(text: string, words: string): string[] {
	const wanted = words.trim().split(/\s+/).filter(Boolean).slice(0, 8);
	if (!wanted.length) return [text];
	const pattern = wanted
		.toSorted((a, b) => b.length - a.length)
		.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('|');
	return text.split(new RegExp(`(${pattern})`, 'i'));
}
