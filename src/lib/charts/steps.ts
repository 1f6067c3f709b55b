import { scaleQuantize } from 'd3-scale';

export interface Steps {
	/** 1 (little) to 5 (much). */
	of: (value: number) => number;
	/** What each step covers, from and to. */
	ranges: [number, number][];
}

/** Five even steps with round numbers at their edges; null where there is nothing to compare. */
export function fiveSteps(values: number[]): Steps | null {
	if (!values.length) return null;
	const low = Math.min(...values);
	const high = Math.max(...values);
	const domain: [number, number] = low === high ? [low - 0.5, high + 0.5] : [low, high];
	const scale = scaleQuantize<number>().domain(domain).range([1, 2, 3, 4, 5]);
	if (low !== high) {
		// A step of 1, 2, 2.5, 4 or 5 × 10ⁿ, the smallest that covers everything from a round start.
		const width = roundStep(low, high);
		const start = Math.floor(low / width) * width;
		scale.domain([tidy(start), tidy(start + 5 * width)]);
	}
	return {
		of: (value) => scale(value),
		ranges: [1, 2, 3, 4, 5].map((step) => {
			const [from, to] = scale.invertExtent(step);
			return [tidy(from), tidy(to)];
		})
	};
}

function roundStep(low: number, high: number): number {
	const magnitude = 10 ** Math.floor(Math.log10((high - low) / 5));
	const fits = [1, 2, 2.5, 4, 5, 10, 20].find((factor) => {
		const width = factor * magnitude;
		return Math.floor(low / width) * width + 5 * width >= high;
	});
	return (fits ?? 20) * magnitude;
}

/** Binary fractions written as people count. */
const tidy = (value: number) => Number(value.toPrecision(10));
