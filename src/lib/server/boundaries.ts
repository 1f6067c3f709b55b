import { readFileSync } from 'node:fs';
import { readBoundaries, withinRegion, type Boundaries } from '#lib/sharing/boundaries.ts';

let loaded: Boundaries | null = null;

/**
 * Loads the deployer's own map, a GeoJSON file with its approval number (审图号). Called when the server starts: a
 * file that cannot be used ends the start with one sentence, instead of failing later on a page.
 */
export function loadBoundaries(file: string): void {
	if (!file) return;
	try {
		loaded = readBoundaries(readFileSync(file, 'utf8'), file);
	} catch (problem) {
		const reason = problem instanceof Error ? problem.message : String(problem);
		// The last line is what whoever starts the server gets to read: no stack after it.
		process.stderr.write(
			reason.startsWith('BOUNDARIES_FILE') ? `${reason}\n` : `BOUNDARIES_FILE: ${reason}\n`
		);
		process.exit(1);
	}
}

/** The counties of a region as the deployer's map draws them, with its approval number; null without a map. */
export function boundariesOf(region: string): Boundaries | null {
	return loaded && withinRegion(loaded, region);
}
