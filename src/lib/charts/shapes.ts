import { geoArea, geoMercator, geoPath } from 'd3-geo';
import type { Feature, FeatureCollection, Geometry, Position } from 'geojson';

export interface Shape {
	code: string;
	/** Path data. */
	path: string;
	/** Where a label may stand. */
	x: number;
	y: number;
}

/**
 * Draws the regions of a boundary file into a box. Files differ in which way round a ring runs; a ring the
 * wrong way would cover the rest of the globe, so such features are turned.
 */
export function shapes(
	boundaries: FeatureCollection,
	codeOf: (feature: Feature) => string | null,
	width: number,
	height: number
): Shape[] {
	const features = boundaries.features.map(turned);
	const projection = geoMercator().fitExtent(
		[
			[4, 4],
			[width - 4, height - 4]
		],
		{ type: 'FeatureCollection', features }
	);
	const path = geoPath(projection).digits(1);
	return features.flatMap((feature) => {
		const code = codeOf(feature);
		const drawn = path(feature);
		if (!code || !drawn) return [];
		const [x, y] = path.centroid(feature);
		return [{ code, path: drawn, x: Math.round(x), y: Math.round(y) }];
	});
}

function turned(feature: Feature): Feature {
	if (geoArea(feature) <= 2 * Math.PI) return feature;
	const { geometry } = feature;
	const rings = (polygon: Position[][]) => polygon.map((ring) => ring.toReversed());
	const other: Geometry =
		geometry.type === 'Polygon'
			? { ...geometry, coordinates: rings(geometry.coordinates) }
			: geometry.type === 'MultiPolygon'
				? { ...geometry, coordinates: geometry.coordinates.map(rings) }
				: geometry;
	return { ...feature, geometry: other };
}
