import type { RegionFigure } from '#lib/charts/regions.ts';
import { nameOf } from '#lib/kernel/language.ts';
import { hiddenFigure } from './hidden.ts';

/** A county's figure in one period. */
export interface District {
	region_code: string;
	name_zh: string;
	name_en: string | null;
	short_zh: string | null;
	numerator: number | null;
	denominator: number | null;
	value: number | null;
	hidden: string | null;
	contributors: number | null;
	/** The reader's own organisation's figure there. */
	own_value: number | null;
}

/** Counties as tile map and shape map take them; each leads to the page of that county. */
export function mapped(
	districts: District[],
	threshold: number,
	href: (code: string) => string
): RegionFigure[] {
	return districts.map((one) => ({
		code: one.region_code,
		name: nameOf(one),
		value: one.value,
		...hiddenFigure(one.hidden, threshold),
		href: href(one.region_code)
	}));
}
