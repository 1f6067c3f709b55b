import { expect, test } from 'vitest';
import { lanes } from './lanes.ts';

const edges: [number, number] = [40, 300];

test('words stand to the right of their flag, and to the left where the edge is near', () => {
	expect(lanes([{ at: 60, room: 80 }], 2, 4, edges)).toEqual([{ from: 62, lane: 0 }]);
	expect(lanes([{ at: 280, room: 80 }], 2, 4, edges)).toEqual([{ from: 196, lane: 0 }]);
});

test('words of two flags that would touch stand one above the other', () => {
	const [first, second] = lanes(
		[
			{ at: 60, room: 90 },
			{ at: 80, room: 90 }
		],
		2,
		4,
		edges
	);
	expect(first).toEqual({ from: 62, lane: 0 });
	expect(second).toEqual({ from: 82, lane: 1 });
});

test('a flag whose words the other side has room for stays in its lane', () => {
	const placed = lanes(
		[
			{ at: 160, room: 100 },
			{ at: 150, room: 100 }
		],
		2,
		4,
		edges
	);
	expect(placed).toEqual([
		{ from: 162, lane: 0 },
		{ from: 46, lane: 0 }
	]);
});

test('words wider than either side are not cut off at the edge', () => {
	expect(lanes([{ at: 170, room: 240 }], 12, 4, edges)).toEqual([{ from: 60, lane: 1 }]);
});
