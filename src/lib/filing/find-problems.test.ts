import { expect, test } from 'vitest';
import { choicesOf, EVERYTHING, isWanted, type Listed } from './find-problems.ts';

const problem = (cell: string, rule: string, column: string, value: string): Listed => ({
	cell,
	rule,
	column,
	value,
	kind: `kind of ${rule}`,
	severity: rule === 'jump' ? 'warning' : 'error',
	sheet: '填报',
	row: Number(/\d+/.exec(cell)?.[0] ?? 0) || null,
	params: {}
});

const problems = [
	problem('D2:D35', 'blank', '人数', ''),
	problem('E2', 'negative', '订单', '-3'),
	problem('E20', 'negative', '订单', '-30'),
	problem('F3', 'unclear', '人数', 'ＡＢＣ 12'),
	problem('G4', 'jump', '订单', '900'),
	problem('', 'column_missing', '', '')
];
const found = (wanted: Partial<typeof EVERYTHING>) =>
	problems.filter((one) => isWanted(one, { ...EVERYTHING, ...wanted })).map(({ cell }) => cell);

test('an address finds its cell and the range it lies in, and no longer address', () => {
	expect(found({ text: 'E2' })).toEqual(['E2']);
	expect(found({ text: ' d20 ' })).toEqual(['D2:D35']);
	expect(found({ text: 'Ｅ２０' })).toEqual(['E20']);
	expect(found({ text: 'D2:D5' })).toEqual(['D2:D35']);
	expect(found({ text: 'H1' })).toEqual([]);
});

test('a text finds what stands in the cell, however it is written, and columns by their letter', () => {
	expect(found({ text: '-3' })).toEqual(['E2', 'E20']);
	expect(found({ text: 'abc' })).toEqual(['F3']);
	expect(found({ text: 'e' })).toEqual(['E2', 'E20']);
	expect(found({ text: '' })).toHaveLength(6);
});

test('wishes are met together', () => {
	expect(found({ rule: 'negative', text: '-30' })).toEqual(['E20']);
	expect(found({ column: '人数', severity: 'error' })).toEqual(['D2:D35', 'F3']);
	expect(found({ column: '人数', severity: 'warning' })).toEqual([]);
});

test('a choice counts what it would leave of the other wishes', () => {
	const choices = (wanted: Partial<typeof EVERYTHING>) =>
		choicesOf(problems, 'rule', { ...EVERYTHING, ...wanted }, ({ kind }) => kind).map(
			({ value, count }) => [value, count]
		);
	expect(choices({})).toEqual([
		['blank', 1],
		['negative', 2],
		['unclear', 1],
		['jump', 1],
		['column_missing', 1]
	]);
	expect(choices({ rule: 'jump', column: '订单' })).toEqual([
		['blank', 0],
		['negative', 2],
		['unclear', 0],
		['jump', 1],
		['column_missing', 0]
	]);
	expect(
		choicesOf(problems, 'column', EVERYTHING, ({ column }) => column).map(({ label }) => label)
	).toEqual(['人数', '订单']);
});
