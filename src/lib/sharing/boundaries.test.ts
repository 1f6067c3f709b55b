import { expect, test } from 'vitest';
import { readBoundaries, withinRegion } from './boundaries.ts';

/** Invented squares: no real boundary. */
const square = (code: string | number, x: number) => ({
	type: 'Feature',
	properties: { code },
	geometry: {
		type: 'Polygon',
		coordinates: [
			[
				[x, 30],
				[x, 31],
				[x + 1, 31],
				[x + 1, 30],
				[x, 30]
			]
		]
	}
});
const map = (more: object = { approval_number: 'GS(2026)0001号' }) =>
	JSON.stringify({
		type: 'FeatureCollection',
		features: [square('310101', 120), square(310115, 121), square('440103', 113)],
		...more
	});

test('a deployer loads a map with its approval number', () => {
	const read = readBoundaries(map(), 'map.json');
	expect(read.approval_number).toBe('GS(2026)0001号');
	expect(read.collection.features.map((one) => one.properties.code)).toContain('310115');
});

test('the approval number may stand under its Chinese name', () => {
	expect(readBoundaries(map({ 审图号: 'GS(2026)0002号' }), 'map.json').approval_number).toBe(
		'GS(2026)0002号'
	);
});

test('a map without approval number is refused with a sentence', () => {
	expect(() => readBoundaries(map({}), 'map.json')).toThrow(/map\.json has no approval number/);
});

test('a file that is no map is refused with what is wrong in it', () => {
	expect(() => readBoundaries('<svg/>', 'map.json')).toThrow(/map\.json is not JSON/);
	expect(() =>
		readBoundaries(
			JSON.stringify({ type: 'FeatureCollection', approval_number: 'x', features: [{}] }),
			'map.json'
		)
	).toThrow(/features\.0/);
});

test('a council sees the counties of its own region only', () => {
	const read = readBoundaries(map(), 'map.json');
	expect(withinRegion(read, '31')?.collection.features).toHaveLength(2);
	expect(withinRegion(read, '11')).toBeNull();
});
