import type { IconName } from '#lib/ui/icons.ts';

/** The groups of the rail in their order; a group without a page for the reader is not shown. */
export const groups = ['figures', 'filing', 'deciding', 'organisations'] as const;
export type Group = (typeof groups)[number];

/** The reader: the kind of the organisation they act for, and their roles in it. */
export type Reader = Pick<App.Acting, 'kind' | 'roles' | 'secretariat'>;

/** A page of a domain that stands in the rail. */
export interface PageEntry {
	/** Its name among all pages. */
	page: string;
	href: string;
	group: Group;
	/** Its name in the rail, its picture, and one sentence on what somebody does there. */
	label: () => string;
	text: () => string;
	icon: IconName;
	/** Left out, everybody finds something there. */
	serves?: (reader: Reader) => boolean;
}
