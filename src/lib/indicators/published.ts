import type { Mark, Series } from '#lib/charts/lines.ts';

/** A published single figure with its source. */
export interface Reference {
	id: string;
	theme: string;
	statement_zh: string;
	statement_en: string;
	value: number | null;
	value_text: string | null;
	unit: string | null;
	period: string | null;
	population_zh: string | null;
	population_en: string | null;
	region_code: string | null;
	source: string;
	note_zh: string | null;
	note_en: string | null;
}

export interface Source {
	id: string;
	title_zh: string;
	title_en: string | null;
	publisher: string | null;
	url: string | null;
	retrieved: string | null;
	note: string | null;
}

export interface Observation {
	period: string;
	/** In a ranking or a table: who or what the value is about. */
	entity_zh: string;
	entity_en: string | null;
	entity_code: string;
	value: number | null;
	value_text: string | null;
	/** The counting method, where it changed; or which of two sources. */
	basis: string;
	source: string;
	note: string | null;
}

export interface PublicSeries {
	code: string;
	title_zh: string;
	title_en: string;
	unit: string;
	frequency: string;
	indicator_code: string | null;
	region_code: string | null;
	publisher_zh: string | null;
	publisher_en: string | null;
	caveat_zh: string | null;
	caveat_en: string | null;
	observations: Observation[];
	breaks: { period: string; reason_zh: string; reason_en: string }[];
}
