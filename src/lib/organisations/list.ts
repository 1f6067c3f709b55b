import { oneOf, words, type List, type Listed } from '#lib/kernel/list.ts';
import { kinds } from './kinds.ts';
import type { Council, Organisation, OrganisationSeat, RegionLine } from './organisation.ts';

/** The kinds of seats as they are today. */
export const seats = ['voting', 'observer', 'ended'] as const;

/** The list of a council's organisations. */
export const organisationList = {
	filters: { kind: oneOf(kinds), seat: oneOf(seats), q: words },
	sorts: ['name', 'region', 'since'],
	size: 50
};

export type OrganisationList = List<(typeof organisationList)['filters']>;

export type OrganisationPage = Listed<Organisation & { seat: OrganisationSeat }> & {
	council: Council;
	/** Those held today. */
	seats: { count: number; voting: number; observers: number };
	/** For the secretariat: the regions of the council's down to the counties. */
	regions: RegionLine[];
};
