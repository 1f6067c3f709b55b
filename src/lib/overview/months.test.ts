import { expect, test } from 'vitest';
import { multiplesOf } from './months.ts';
import type { MonthCell } from './overview.ts';

const box = { width: 100, height: 50, margin: 0 };
const cell = (of: string, month: number, value: number | null, more: Partial<MonthCell> = {}) => ({
	of,
	period: `2026-0${month}`,
	version: 1,
	value,
	hidden: null,
	finished: true,
	...more
});

test('counties stand on one scale, the worst first', () => {
	const { multiples, low, high } = multiplesOf(
		['a', 'b'],
		[cell('a', 1, 90), cell('a', 2, 100), cell('b', 1, 50), cell('b', 2, 60)],
		'higher',
		box
	);
	expect([low, high]).toEqual([50, 100]);
	expect(multiples.map(({ code }) => code)).toEqual(['b', 'a']);
	expect(multiples[0]!.line).toBe('M0 50L100 40');
});

test('an indicator without a better side keeps the order of the counties', () => {
	const cells = [cell('a', 1, 90), cell('b', 1, 50)];
	expect(multiplesOf(['a', 'b'], cells, 'neutral', box).multiples.map(({ code }) => code)).toEqual([
		'a',
		'b'
	]);
});

test('an unfinished period hangs on a dashed line, and a gap or a new definition cuts it', () => {
	const of = (...cells: MonthCell[]) => multiplesOf(['a'], cells, 'higher', box).multiples[0]!;
	const unfinished = of(cell('a', 1, 0), cell('a', 2, 10), cell('a', 3, 10, { finished: false }));
	expect(unfinished).toMatchObject({ line: 'M0 50L50 0', dashed: 'M50 0L100 0' });
	expect(unfinished.newest?.period).toBe('2026-02');
	expect(of(cell('a', 1, 0), cell('a', 2, null), cell('a', 3, 10)).line).toBe('M0 50M100 0');
	expect(of(cell('a', 1, 0), cell('a', 2, 10, { version: 2 })).line).toBe('M0 50M100 0');
});

test('a county without figures is drawn empty', () => {
	const { multiples } = multiplesOf(['a', 'b'], [cell('a', 1, 1)], 'higher', box);
	expect(multiples[1]).toMatchObject({ code: 'b', line: '', newest: null });
});
