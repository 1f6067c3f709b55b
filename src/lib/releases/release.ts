/** A fixed, disclosure-checked set of figures that everybody may see. */
export interface Release {
	id: string;
	council_id: string;
	title_zh: string;
	title_en: string;
	period: string;
	published_at: string;
	withdrawn_at: string | null;
}

/** A release before whoever may belong to no council: it says itself whether its figures are invented. */
export type OpenRelease = Release & { is_demo: boolean };

export interface ReleaseFigure {
	indicator_code: string;
	definition_version: number;
	region_code: string;
	period: string;
	numerator: number | null;
	denominator: number | null;
	value: number | null;
	hidden: string | null;
	contributors: number;
	/** Null in releases from before it was kept. */
	expected: number | null;
}

/** A release's figures by indicator: the whole region first, then its counties by code. */
export function byIndicator(figures: ReleaseFigure[]) {
	return [...Map.groupBy(figures, (figure) => figure.indicator_code)].map(([code, all]) => {
		const inOrder = all.toSorted(
			(a, b) =>
				a.region_code.length - b.region_code.length || a.region_code.localeCompare(b.region_code)
		);
		return { code, whole: inOrder[0]!, counties: inOrder.slice(1) };
	});
}
