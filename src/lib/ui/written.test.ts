import { expect, test } from 'vitest';
import { eachWritten, read, textOf, written } from './written.ts';

const sent = (value: unknown) => read(textOf(written(value)) ?? '');

test('what was marked is sent as text, and what was not as it is', () => {
	expect(textOf(written({ code: 'CT1', values: [1, null] }))).toBe(
		'{"code":"CT1","values":[1,null]}'
	);
	for (const value of [{ code: 'CT1' }, null, 'CT1', undefined])
		expect(textOf(value)).toBeUndefined();
});

test('the text is written once', () => {
	let asked = 0;
	const value = written({ toJSON: () => ++asked });
	expect([textOf(value), textOf(value)]).toEqual(['1', '1']);
});

test('a page that shows a part of a list sends the texts of that part', () => {
	const [first, second] = eachWritten([{ id: 1 }, { id: 2 }]);
	expect([textOf(first), textOf(second)]).toEqual(['{"id":1}', '{"id":2}']);
});

test('the names of columns are written once, also of tables within tables', () => {
	const line = (id: string) => ({
		id,
		rows: [1, 2, 3].map((value) => ({ period: `2026-0${value}`, value }))
	});
	const lines = { total: [], organisations: ['a', 'b', 'c'].map(line) };
	expect(textOf(written(lines))?.match(/"period"/g)).toHaveLength(3);
	expect(textOf(lines)?.match(/"id"/g)).toHaveLength(1);
	expect(sent(lines)).toEqual(lines);
});

test.each([
	[[{ a: 1 }, { b: 1 }, { a: 1 }]],
	[[{ a: 1, b: 2 }, { a: 1 }, { a: 1 }]],
	[[{}, {}, {}]],
	[[null, { a: 1 }, { a: 2 }]],
	[
		[
			[1, 2],
			[3, 4],
			[5, 6]
		]
	],
	[[{ a: { '#': 'one' } }, { a: null }, { a: 'three' }]]
])('what is no table arrives as it was: %j', (value) => {
	expect(sent(value)).toEqual(value);
});
