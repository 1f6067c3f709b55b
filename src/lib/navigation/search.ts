/** What the search box finds, in the order of its page. */
const foundKinds = ['indicator', 'organisation', 'meeting', 'resolution', 'action_item'] as const;
export type FoundKind = (typeof foundKinds)[number];

export type Found = {
	kind: FoundKind;
	id: string;
	/** Of a resolution: the meeting on whose page it stands. */
	meeting_id: string | null;
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
export function foundAt({ kind, id, meeting_id }: Pick<Found, 'kind' | 'id' | 'meeting_id'>) {
	switch (kind) {
		case 'indicator':
			return `/indicators/${id}`;
		case 'organisation':
			return `/organisations/${id}`;
		case 'meeting':
			return `/meetings/${id}`;
		case 'resolution':
			return `/meetings/${meeting_id}#resolution-${id}`;
		case 'action_item':
			return `/action-items/${id}`;
	}
}

/** Found things by kind, in the order of the page; kinds without any are left out. */
export function byKind(found: Found[]): { kind: FoundKind; total: number; found: Found[] }[] {
	return foundKinds
		.map((kind) => ({ kind, found: found.filter((one) => one.kind === kind) }))
		.filter((group) => group.found.length > 0)
		.map((group) => ({ ...group, total: group.found[0]?.found ?? 0 }));
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
