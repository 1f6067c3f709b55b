import type { LineShape } from './lines.ts';

/** A line chart as the canvas draws it: everything is worded and formatted already. */
export interface LineDrawing {
	kind: 'line';
	shape: LineShape;
	/** The words under the axis, one a period, and the same with their year. */
	ticks: string[];
	dated: string[];
	years: string[];
	/** The period in full, one a period, for the box under the pointer. */
	periods: string[];
	/** What else is to be said of a period, one list a period. */
	notes: string[][];
	format: (value: number) => string;
	targetName: string;
	bandName: string;
	medianName: string;
	/** Start the axis at zero, as counts should. */
	fromZero: boolean;
}

export interface BarDrawing {
	kind: 'bar';
	names: string[];
	values: (number | null)[];
	/** What is written at each bar's end, also where there is no bar. */
	labels: string[];
	/** The bar that is the reader's own. */
	own: number;
	target: number | null;
	targetName: string;
	format: (value: number) => string;
}

export type Drawing = LineDrawing | BarDrawing;
