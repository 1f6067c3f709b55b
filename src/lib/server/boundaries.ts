import { readFileSync } from 'node:fs';
import { readBoundaries, withinRegion, type Boundaries } from '#lib/sharing/boundaries.ts';

let loaded: Boundaries | null = null;

/**
 * Loads the deployer's own map, a GeoJSON file with its approval number (审图号). Called when the server starts, so
 * that a file that cannot be used stops the start with a sentence instead of failing on a page.
 */
export function loadBoundaries(file: string): void {
	if (!file) return;
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		throw new Error(`BOUNDARIES_FILE: ${file} cannot be read`);
	}
	loaded = readBoundaries(text, file);
}

/** The counties of a region as the deployer's map draws them, with its approval number; null without a map. */
export function boundariesOf(region: string): Boundaries | null {
	return loaded && withinRegion(loaded, region);
}
