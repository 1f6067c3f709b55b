import { inOrder } from '#lib/kernel/domains.ts';
import { may } from '#lib/kernel/may.ts';
import { m } from '#lib/paraglide/messages.js';
import { groups, type Group, type PageEntry, type Reader } from './page-entry.ts';

const home = { page: 'home', href: '/' };

/** The pages of every domain, in the order of the rail. */
const entries: PageEntry[] = inOrder(
	import.meta.glob<{ pages: PageEntry[] }>(['../*/pages.ts', '!../server/**', '!./pages.ts'], {
		eager: true
	})
).flatMap((domain) => domain.pages);

export type Place = Pick<PageEntry, 'page' | 'href'>;
export type PlacesOfGroup = { group: Group; href: string; places: Place[] };

/**
 * The groups in which a reader can do something, each with its pages. It only leaves out what would be empty; who
 * may see what is decided in the database.
 */
export function groupsOf(reader: Reader | null): PlacesOfGroup[] {
	if (!reader) return [];
	return groups
		.map((group) => ({
			group,
			href: `/groups/${group}`,
			places: entries
				.filter((entry) => entry.group === group && (entry.serves?.(reader) ?? true))
				.map(({ page, href }) => ({ page, href }))
		}))
		.filter(({ places }) => places.length > 0);
}

/** The places that a phone has room for: home and the three pages of the reader's own work. */
export function entriesOnPhone(reader: Reader | null): Place[] {
	const found = groupsOf(reader).flatMap(({ places }) => places);
	if (!reader) return [];
	const own = [
		...(may(reader, 'reviewer') ? ['reviews'] : []),
		...(reader.kind === 'community' ? ['action-items'] : []),
		...(may(reader, 'reporter') ? ['submissions'] : []),
		...(may(reader, 'auditor') ? ['audit'] : []),
		...(may(reader, 'delegate') ? ['meetings'] : []),
		'indicators',
		'action-items',
		'meetings'
	];
	const wanted = [...new Set(own)].flatMap((page) => found.filter((place) => place.page === page));
	return [home, ...wanted].slice(0, 4);
}

/** The page of the rail that an address lies at or under; of nested ones the nearest. */
export function placeAt(pathname: string): Place | null {
	if (pathname === '/') return home;
	const around = entries.filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`));
	const [nearest] = around.toSorted((a, b) => b.href.length - a.href.length);
	return nearest ? { page: nearest.page, href: nearest.href } : null;
}

/** The group that an address belongs to: a page of it, its landing page or its help. */
export function groupAt(pathname: string): Group | null {
	const named = /^\/(?:groups|help)\/([a-z-]+)$/.exec(pathname)?.[1];
	const place = placeAt(pathname);
	return (
		groups.find((group) => group === named) ??
		entries.find(({ page }) => page === place?.page)?.group ??
		null
	);
}

/** A page's name in the rail, its picture, and one sentence on what somebody does there. */
export function pageWords(page: string): Pick<PageEntry, 'label' | 'text' | 'icon'> {
	return (
		entries.find((entry) => entry.page === page) ?? {
			label: m.shell_home,
			text: m.navigation_home_text,
			icon: 'home'
		}
	);
}
