export interface Spark {
	/** Path data of the line; a null is a gap, a lone value a dot. */
	line: string;
	last: { x: number; y: number } | null;
	target: number | null;
}

/** Shapes a small line into a box; the target counts for the scale, so that its tick is always in view. */
export function spark(
	values: (number | null)[],
	target: number | null | undefined,
	width: number,
	height: number,
	margin = 4
): Spark {
	const known = values.filter((value) => value !== null);
	if (!known.length) return { line: '', last: null, target: null };
	const all = target === null || target === undefined ? known : [...known, target];
	const low = Math.min(...all);
	const span = Math.max(...all) - low;
	const round = (n: number) => Math.round(n * 10) / 10;
	const x = (index: number) =>
		round(margin + (index * (width - 2 * margin)) / Math.max(1, values.length - 1));
	const y = (value: number) =>
		round(span ? height - margin - ((value - low) / span) * (height - 2 * margin) : height / 2);

	const line = values
		.map((value, index) => {
			if (value === null) return '';
			const starts = values[index - 1] === null || index === 0;
			const alone = starts && (values[index + 1] ?? null) === null;
			return `${starts ? 'M' : 'L'}${x(index)} ${y(value)}${alone ? 'h0' : ''}`;
		})
		.join('');
	const index = values.findLastIndex((value) => value !== null);
	return {
		line,
		last: { x: x(index), y: y(values[index]!) },
		target: target === null || target === undefined ? null : y(target)
	};
}
