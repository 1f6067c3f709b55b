import { expect, test } from 'vitest';
import { heatLines, kindMaps, shades } from './heat.ts';
import type { OverviewOrganisation, OverviewRow } from './overview.ts';

const rate = { direction: 'higher', counts: false } as const;
const row = (code: string) => ({ code, ...rate }) as OverviewRow;

test('the worst is the strongest, whichever side is better', () => {
	const higher = shades([50, 75, 100], rate)!;
	expect([50, 75, 100].map(higher)).toEqual([5, 3, 1]);
	const lower = shades([50, 75, 100], { direction: 'lower', counts: false })!;
	expect([50, 75, 100].map(lower)).toEqual([1, 3, 5]);
});

test('small differences are not shaded as if they were large', () => {
	const shade = shades([86, 88, 90], rate)!;
	expect(shade(86)).toBe(3);
});

test('counts and indicators without a better side are not shaded', () => {
	expect(shades([1, 2], { direction: 'neutral', counts: false })).toBeNull();
	expect(shades([1, 2], { direction: 'higher', counts: true })).toBeNull();
});

test('what is unfinished is neither shaded nor measured by', () => {
	const cells = [
		{ code: 'A', of: 'x', value: 80, hidden: null, finished: true },
		{ code: 'A', of: 'y', value: 90, hidden: null, finished: true },
		{ code: 'A', of: 'z', value: 10, hidden: null, finished: false }
	];
	const [line] = heatLines([row('A')], ['x', 'y', 'z'], cells);
	expect(line!.cells.map(({ shade }) => shade)).toEqual([5, 1, null]);
	expect(line!.cells[2]).toMatchObject({ value: 10, finished: false });
});

test('a cell without a figure says why, and an indicator without any is left out', () => {
	const cells = [{ code: 'A', of: 'x', value: null, hidden: 'fewer_than_threshold' }];
	const lines = heatLines([row('A'), row('B')], ['x', 'y'], cells);
	expect(lines.map((line) => line.row.code)).toEqual(['A']);
	expect(lines[0]!.cells.map(({ hidden }) => hidden)).toEqual(['fewer_than_threshold', 'no_data']);
});

test("another organisation's cells are protected, also those of which nothing is known", () => {
	const organisation = (id: string, readable: boolean) =>
		({ id, kind: 'platform', readable }) as OverviewOrganisation;
	const maps = kindMaps(
		[row('A')],
		[organisation('ours', true), organisation('rival', false)],
		[{ code: 'A', of: 'ours', value: 80, hidden: null }]
	);
	expect(maps).toHaveLength(1);
	expect(maps[0]!.lines[0]!.cells.map(({ value, hidden }) => [value, hidden])).toEqual([
		[80, null],
		[null, 'protected']
	]);
});

test('a kind of which the reader may read nobody has no map', () => {
	const rival = { id: 'rival', kind: 'platform', readable: false } as OverviewOrganisation;
	expect(kindMaps([row('A')], [rival], [])).toEqual([]);
});
