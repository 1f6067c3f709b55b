import type { Figure } from '../ui/format.ts';

/** A region on a map, with its figure. */
export interface RegionFigure extends Figure {
	code: string;
	name: string;
	href?: string;
}

/** The class by which a region is drawn: one of five steps, hatched where hidden, empty where unknown. */
export function regionClass(region: RegionFigure, step: (value: number) => number): string {
	if (region.below) return 'hidden-small';
	return region.value === null ? 'nothing' : `step-${step(region.value)}`;
}
