import { code, id, pageFrom } from '#lib/kernel/list.ts';
import { periodOr } from '#lib/kernel/period.ts';

/** The parts of the picture in their order; at the projector each is a page. */
export const sections = [
	'targets',
	'loop',
	'since',
	'districts',
	'months',
	'organisations',
	'decisions'
] as const;
export type Section = (typeof sections)[number];

/** The choices of the overview, as its address says them. */
export interface OverviewAddress {
	/** A council of the reader's other than the one they open first. */
	council: string | null;
	/** A group of indicators, or null for all. */
	domain: string | null;
	/** The newest period that is spoken of, or null for the newest there is. */
	until: string | null;
	/** The indicator that is drawn over time. */
	indicator: string | null;
	section: Section;
	/** Which part of the section, from 1, where it does not fit on one screen. */
	part: number;
	projector: boolean;
}

/** The view an address asks for; what makes no sense is left out. */
export function overviewAddress(url: URL): OverviewAddress {
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	return {
		council: id(asked('council')),
		domain: code(asked('domain')),
		until: periodOr(asked('until')),
		indicator: code(asked('indicator')),
		section: sections.find((one) => one === asked('section')) ?? sections[0],
		part: pageFrom(url.searchParams.get('part')),
		projector: asked('view') === 'projector'
	};
}

/** The address of the same overview with some parameters changed; null leaves one out. */
export function overviewLink(url: URL, changed: Record<string, string | null>): string {
	const parameters = new URLSearchParams(url.searchParams);
	for (const [name, value] of Object.entries(changed))
		if (value === null) parameters.delete(name);
		else parameters.set(name, value);
	const query = parameters.toString();
	return url.pathname + (query ? `?${query}` : '');
}
