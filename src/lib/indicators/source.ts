const LINK = /https?:\/\/[^\s;；，,（）()]+/g;

export interface SourcePart {
	text: string;
	href: string | null;
}

/** A source as it was noted down, its web addresses set apart as links; the rest stays as it is. */
export function sourceParts(source: string): SourcePart[] {
	const parts: SourcePart[] = [];
	let from = 0;
	for (const match of source.matchAll(LINK)) {
		if (match.index > from) parts.push({ text: source.slice(from, match.index), href: null });
		parts.push({ text: match[0].replace(/^https?:\/\//, ''), href: match[0] });
		from = match.index + match[0].length;
	}
	if (from < source.length) parts.push({ text: source.slice(from), href: null });
	return parts;
}
