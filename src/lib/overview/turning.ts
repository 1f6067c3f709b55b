import { sections, type Section } from './address.ts';

/** What fits on a screen in a room, in a type that is read from the last row. */
export const FITS = { lines: 18, tasks: 12 };

/** A list in parts of at most so many. */
export function inParts<One>(list: One[], most: number): One[][] {
	return Array.from({ length: Math.ceil(list.length / most) }, (_, at) =>
		list.slice(at * most, (at + 1) * most)
	);
}

/** The same for rows of different height; one that is too high alone stands alone. */
export function byHeight<One>(list: One[], height: (one: One) => number, most: number): One[][] {
	const parts: One[][] = [];
	let left = 0;
	for (const one of list) {
		const needed = height(one);
		if (!parts.length || needed > left) {
			parts.push([]);
			left = most;
		}
		parts.at(-1)!.push(one);
		left -= needed;
	}
	return parts;
}

/** A page at the projector: a section, and which part of it, from 1. */
export type Turned = { section: Section; part: number };

/** Every page at the projector; a section of which nothing is known has one, which says so. */
export function turnedPages(parts: Partial<Record<Section, number>>): Turned[] {
	return sections.flatMap((section) =>
		Array.from({ length: Math.max(1, parts[section] ?? 1) }, (_, at) => ({ section, part: at + 1 }))
	);
}

/** The place among them of what an address asks for; a part past the last is the last. */
export function placeOf(pages: Turned[], { section, part }: Turned): number {
	const of = pages.filter((one) => one.section === section);
	const found = of[Math.min(Math.max(part, 1), of.length) - 1];
	return found ? pages.indexOf(found) : 0;
}
