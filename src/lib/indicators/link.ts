import type { Values } from '#lib/kernel/database-values.ts';

/** A resolution about an indicator, or an action item that follows from one. */
export type Link = (
	| { kind: 'resolution'; status: Values['resolutions.status'] }
	| { kind: 'action_item'; status: Values['action_items.status'] }
) & {
	id: string;
	/** Of a resolution: its meeting. */
	parent_id: string;
	number: string | null;
	title_zh: string;
	title_en: string;
	day: string;
	organisation_zh: string | null;
	organisation_en: string | null;
	progress: number | null;
	region_code: string | null;
	expected_value: number | null;
};
