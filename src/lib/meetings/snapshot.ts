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

/** The figure that the meeting had before it: the newest period of the series, shown or hidden. */
export function frozenLatest(
	snapshot: Snapshot,
	indicator: string,
	region: string
): FrozenFigure | null {
	return frozenSeries(snapshot, indicator, region).at(-1) ?? null;
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
