/** One measured figure beside the physical limit of the same run. */
export type Figure = {
	bench: string;
	figure: string;
	ours: number;
	unit: string;
	/** What the machine needs for the same work without us, measured in the same run. */
	limit?: { what: string; value: number };
	/** ours ÷ limit. */
	ratio?: number;
	/** A wish written beside the figure; nothing fails by it. */
	goal?: string;
};

/** A figure, rounded, with its ratio to the limit. */
export function figure(
	bench: string,
	name: string,
	ours: number,
	unit: string,
	more: { limit?: Figure['limit']; goal?: string } = {}
): Figure {
	const { limit, goal } = more;
	return {
		bench,
		figure: name,
		ours: rounded(ours),
		unit,
		...(limit && {
			limit: { what: limit.what, value: rounded(limit.value) },
			ratio: rounded(ours / limit.value)
		}),
		...(goal && { goal })
	};
}

/** A table for people. */
export function table(figures: Figure[]): string {
	const lines = [
		['', 'ours', 'limit', 'ratio', 'goal', 'the limit is'],
		...figures.map((one) => [
			`${one.bench}: ${one.figure}`,
			`${one.ours} ${one.unit}`,
			one.limit ? `${one.limit.value} ${one.unit}` : '',
			one.ratio === undefined ? '' : `× ${one.ratio}`,
			one.goal ?? '',
			one.limit?.what ?? ''
		])
	];
	const widths = lines[0]?.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
	return lines
		.map((line) =>
			line
				.map((cell, at) => cell.padEnd(widths?.[at] ?? 0))
				.join('  ')
				.trimEnd()
		)
		.join('\n');
}

/** The value below which the given share of the values lies. */
export function quantile(values: number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function rounded(value: number): number {
	return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
