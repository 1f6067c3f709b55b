import type { FeatureCollection, Geometry } from 'geojson';
import { z } from 'zod';

/** A map a deployer may show: shapes of regions by their code, and the number under which it was approved. */
export interface Boundaries {
	approval_number: string;
	collection: FeatureCollection<Geometry, { code: string }>;
}

const position = z.array(z.number()).min(2);
const ring = z.array(position).min(4);
const geometry = z.discriminatedUnion('type', [
	z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
	z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) })
]);
const file = z.object({
	type: z.literal('FeatureCollection'),
	approval_number: z.string().trim().min(1).optional(),
	审图号: z.string().trim().min(1).optional(),
	features: z
		.array(
			z.object({
				type: z.literal('Feature'),
				properties: z.object({ code: z.coerce.string().regex(/^(\d{2}|\d{4}|\d{6}|\d{9})$/) }),
				geometry
			})
		)
		.min(1)
});

/**
 * Reads a boundary file: GeoJSON whose features carry a region's `code`, with its approval number as
 * `approval_number` or `审图号` at the top.
 * @throws an Error that tells the deployer what to put right
 */
export function readBoundaries(text: string, name: string): Boundaries {
	let content: unknown;
	try {
		content = JSON.parse(text);
	} catch {
		throw new Error(`BOUNDARIES_FILE: ${name} is not JSON`);
	}
	const read = file.safeParse(content);
	if (!read.success) {
		const [problem] = read.error.issues;
		throw new Error(
			`BOUNDARIES_FILE: ${name} is no boundary file: ${problem?.path.join('.') || 'file'}: ${problem?.message}`
		);
	}
	const approval = read.data.approval_number ?? read.data.审图号;
	if (!approval) {
		throw new Error(
			`BOUNDARIES_FILE: ${name} has no approval number; put it at the top as "approval_number" (审图号)`
		);
	}
	return {
		approval_number: approval,
		collection: { type: 'FeatureCollection', features: read.data.features }
	};
}

/** Only the regions inside one, or null where the map has none of them. */
export function withinRegion(map: Boundaries, region: string): Boundaries | null {
	const features = map.collection.features.filter(
		({ properties }) => properties.code.startsWith(region) && properties.code.length === 6
	);
	return features.length ? { ...map, collection: { type: 'FeatureCollection', features } } : null;
}
