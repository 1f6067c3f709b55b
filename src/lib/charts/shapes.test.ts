import type { FeatureCollection } from 'geojson';
import { expect, test } from 'vitest';
import { shapes } from './shapes.ts';

const square = (code: string, west: number, clockwise: boolean) => {
	const ring = [
		[west, 31],
		[west, 32],
		[west + 1, 32],
		[west + 1, 31],
		[west, 31]
	];
	return {
		type: 'Feature' as const,
		properties: { code },
		geometry: {
			type: 'Polygon' as const,
			coordinates: [clockwise ? ring : ring.toReversed()]
		}
	};
};

test('two districts lie side by side, whichever way round their file draws them', () => {
	const file: FeatureCollection = {
		type: 'FeatureCollection',
		features: [square('310101', 121, true), square('310104', 122, false)]
	};
	const [west, east] = shapes(file, (feature) => String(feature.properties?.code), 200, 100);
	expect(west!.x).toBeLessThan(east!.x);
	expect(Math.abs(west!.y - east!.y)).toBeLessThanOrEqual(1);
	expect(west!.path.length).toBeLessThan(120);
});
