/** A figure as it was when the meeting opened, protected as for a reader who reported nothing. */
export interface FrozenFigure {
	indicator: string;
	definition_version: number;
	region: string;
	period: string;
	numerator: number | null;
	denominator: number | null;
	value: number | null;
	/** Why the figure is not shown. */
	hidden: string | null;
	contributors: number;
	expected: number | null;
	/** Whether enough had been filed to speak of the period; not kept in snapshots of earlier versions. */
	finished?: boolean;
	not_applicable?: number | null;
	/** Of the usual weight, 0 to 1; of competing organisations only 0, 0.5 or 0.9, the least it was. */
	share?: number | null;
}

export interface FrozenTarget {
	indicator: string;
	region: string;
	period: string;
	kind: 'floor' | 'ceiling' | 'range';
	value: number;
	upper_value: number | null;
}

interface SnapshotContent {
	council: string;
	meeting: string;
	number: number;
	taken_at: string;
	/** Whether all of it is invented; not kept in snapshots of earlier versions. */
	demo?: boolean;
	/** The period each item rests on: the newest that was finished; not kept in snapshots of earlier versions. */
	headlines?: { indicator: string; region: string; period: string; finished: boolean }[];
	figures: FrozenFigure[];
	targets: FrozenTarget[];
}

export interface Snapshot {
	taken_at: string;
	/** SHA-256 of the canonical text, hexadecimal. */
	sha256: string;
	content: SnapshotContent;
}

/** Reads the frozen figures out of the very text that was hashed, so that nothing else can be shown. */
export function readSnapshot(row: {
	taken_at: string;
	sha256: string;
	canonical: string;
}): Snapshot {
	return {
		taken_at: row.taken_at,
		sha256: row.sha256,
		content: JSON.parse(row.canonical) as SnapshotContent
	};
}

/** The figures of one indicator and region, oldest first. */
export function frozenSeries(
	snapshot: Snapshot,
	indicator: string,
	region: string
): FrozenFigure[] {
	return snapshot.content.figures
		.filter((figure) => figure.indicator === indicator && figure.region === region)
		.sort((one, other) => one.period.localeCompare(other.period));
}

/** The figure that leads an item: of its headline's period, in a snapshot without headlines the newest. */
export function frozenHeadline(
	snapshot: Snapshot,
	indicator: string,
	region: string
): FrozenFigure | null {
	const series = frozenSeries(snapshot, indicator, region);
	const headline = snapshot.content.headlines?.find(
		(one) => one.indicator === indicator && one.region === region
	);
	return (
		(headline ? series.find(({ period }) => period === headline.period) : series.at(-1)) ?? null
	);
}

/** The frozen periods that were revised after the freeze, each with its latest revision. The snapshot never changes. */
export function revisedSince(
	snapshot: Snapshot,
	indicator: string,
	region: string,
	revisions: { period: string; revised_at: string }[]
): { period: string; revised_at: string }[] {
	const takenAt = Date.parse(snapshot.taken_at);
	return frozenSeries(snapshot, indicator, region).flatMap(({ period }) => {
		const [last] = revisions
			.filter((one) => one.period === period && Date.parse(one.revised_at) > takenAt)
			.toSorted((one, other) => Date.parse(other.revised_at) - Date.parse(one.revised_at));
		return last ? [{ period, revised_at: last.revised_at }] : [];
	});
}

/** The frozen periods of which a filing was accepted after the freeze, for the first time or again. */
export function changedSince(
	snapshot: Snapshot,
	indicator: string,
	region: string,
	live: { period: string; accepted_at: string | null }[]
): string[] {
	const frozen = new Set(frozenSeries(snapshot, indicator, region).map((figure) => figure.period));
	const takenAt = Date.parse(snapshot.taken_at);
	return live
		.filter(
			(figure) =>
				frozen.has(figure.period) &&
				figure.accepted_at !== null &&
				Date.parse(figure.accepted_at) > takenAt
		)
		.map((figure) => figure.period);
}
