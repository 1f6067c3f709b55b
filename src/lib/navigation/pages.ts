import { may } from '#lib/kernel/may.ts';

/** The groups of the rail in their order; a group without a page for the reader is not shown. */
export const groups = ['figures', 'filing', 'deciding', 'organisations'] as const;
export type Group = (typeof groups)[number];

export type Page =
	| 'home'
	| 'indicators'
	| 'releases'
	| 'submissions'
	| 'reviews'
	| 'completeness'
	| 'calendar'
	| 'rules'
	| 'meetings'
	| 'action-items'
	| 'organisations'
	| 'members'
	| 'keys'
	| 'audit';

/** Who reads: the kind of the organisation they act for, and what they are in it. */
export type Reader = Pick<App.Acting, 'kind' | 'roles' | 'secretariat'>;

type Entry = {
	page: Page;
	href: string;
	group: Group;
	/** Left out, everybody finds something there. */
	serves?: (reader: Reader) => boolean;
};

/** Datasets are opened for these kinds; a government body reads what is filed to it. */
const filing = ['platform', 'community', 'party', 'government'];
const files = (reader: Reader) =>
	filing.includes(reader.kind) && may(reader, 'reporter', 'admin', 'viewer', 'auditor');

const entries: Entry[] = [
	{ page: 'indicators', href: '/indicators', group: 'figures' },
	{ page: 'releases', href: '/releases', group: 'figures' },
	{ page: 'submissions', href: '/submissions', group: 'filing', serves: files },
	{
		page: 'reviews',
		href: '/reviews',
		group: 'filing',
		serves: (reader) => may(reader, 'reviewer')
	},
	{
		page: 'completeness',
		href: '/submissions/completeness',
		group: 'filing',
		serves: (reader) => files(reader) || may(reader, 'reviewer')
	},
	{
		page: 'calendar',
		href: '/submissions/calendar',
		group: 'filing',
		serves: (reader) => reader.kind !== 'government' && files(reader)
	},
	{
		page: 'rules',
		href: '/submissions/rules',
		group: 'filing',
		serves: ({ secretariat }) => secretariat
	},
	{ page: 'meetings', href: '/meetings', group: 'deciding' },
	{ page: 'action-items', href: '/action-items', group: 'deciding' },
	{ page: 'organisations', href: '/organisations', group: 'organisations' },
	{
		page: 'members',
		href: '/members',
		group: 'organisations',
		serves: (reader) => may(reader, 'admin')
	},
	{
		page: 'keys',
		href: '/members/keys',
		group: 'organisations',
		serves: (reader) => may(reader, 'admin')
	},
	{
		page: 'audit',
		href: '/audit',
		group: 'organisations',
		serves: (reader) => may(reader, 'admin', 'auditor')
	}
];

export type Place = { page: Page; href: string };
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

/** What a phone has room for: home and the three pages of the reader's own work. */
export function entriesOnPhone(reader: Reader | null): Place[] {
	const found = groupsOf(reader).flatMap(({ places }) => places);
	if (!reader) return [];
	const own: Page[] = [
		...(may(reader, 'reviewer') ? (['reviews'] as const) : []),
		...(reader.kind === 'community' ? (['action-items'] as const) : []),
		...(may(reader, 'reporter') ? (['submissions'] as const) : []),
		...(may(reader, 'auditor') ? (['audit'] as const) : []),
		...(may(reader, 'delegate') ? (['meetings'] as const) : []),
		'indicators',
		'action-items',
		'meetings'
	];
	const wanted = [...new Set(own)].flatMap((page) => found.filter((place) => place.page === page));
	return [{ page: 'home', href: '/' } as const, ...wanted].slice(0, 4);
}

/** The page of the rail that an address lies at or under; of nested ones the nearest. */
export function placeAt(pathname: string): Place | null {
	if (pathname === '/') return { page: 'home', href: '/' };
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
