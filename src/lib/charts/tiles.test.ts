import { expect, test } from 'vitest';
import { shortName, tiles } from './tiles.ts';

const shanghai =
	'310101 310104 310105 310106 310107 310109 310110 310112 310113 310114 310115 310116 310117 310118 310120 310151'.split(
		' '
	);

test("Shanghai's sixteen districts each have a place of their own", () => {
	const places = tiles(shanghai).map(({ column, row }) => `${column},${row}`);
	expect(new Set(places).size).toBe(16);
});

test('a reader finds Chongming in the north and Jinshan in the south', () => {
	const at = Object.fromEntries(tiles(shanghai).map((tile) => [tile.code, tile.row]));
	expect(at['310151']).toBeLessThan(at['310101']!);
	expect(at['310116']).toBeGreaterThan(at['310101']!);
});

test('a city nobody laid out has its districts in the order of their codes', () => {
	expect(tiles(['440104', '440103']).map((tile) => tile.code)).toEqual(['440103', '440104']);
});

test('a tile carries a short name', () => {
	expect(['浦东新区', '崇明区', '芜县', '海淀区'].map(shortName)).toEqual([
		'浦东',
		'崇明',
		'芜县',
		'海淀'
	]);
	expect(shortName('Pudong New Area')).toBe('Pudong');
});
