/** A decision or action item about a row; a row of `public.links`. */
export interface Link {
	/** A type of subject. */
	kind: string;
	id: string;
	/** The row on whose page it stands, where it has none of its own. */
	parent_id: string | null;
	number: string | null;
	title_zh: string;
	title_en: string;
	status: string;
	/** When it takes effect, or is due. */
	day: string;
	organisation_zh: string | null;
	organisation_en: string | null;
	progress: number | null;
	region_code: string | null;
	expected_value: number | null;
}
