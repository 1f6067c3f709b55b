import type { Party, Region } from '#lib/kernel/named.ts';
import type { Kind } from './kinds.ts';

export type Organisation = Party & {
	kind: Kind;
	region_code: string;
	is_demo: boolean;
	created_at: string;
	region: Region | null;
	/** Its seat in the reader's council; null for an organisation without one. */
	seat: OrganisationSeat | null;
};

export type OrganisationSeat = {
	standing: 'voting' | 'observer';
	since: string;
	until: string | null;
};

export type Council = {
	id: string;
	name_zh: string;
	name_en: string;
	region_code: string;
	convener_id: string;
	is_demo: boolean;
};

export type RegionLine = Region & { level: string };
