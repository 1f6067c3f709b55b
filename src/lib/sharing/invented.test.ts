import { expect, test } from 'vitest';
import {
	inventedNote,
	labelledAnswer,
	labelledName,
	labelledTable,
	labelledTitle
} from './invented.ts';

const demonstration = { is_demo: true };

test('what is real, and what is nobody’s, goes as it is', () => {
	for (const of of [{ is_demo: false }, null]) {
		const lines = [['a'], [1]];
		const body = { data: [] };
		expect(labelledName('in3.csv', of)).toBe('in3.csv');
		expect(labelledTitle('标题', of)).toBe('标题');
		expect(inventedNote(of)).toEqual([]);
		expect(labelledTable(lines, of)).toBe(lines);
		expect(labelledAnswer(body, of)).toBe(body);
	}
});

test('a file of a demonstration is named so, once, before its ending', () => {
	expect(labelledName('IN3-31.csv', demonstration, 'zh-CN')).toBe('IN3-31-演示.csv');
	expect(labelledName('IN3-31.csv', demonstration, 'en')).toBe('IN3-31-demo.csv');
	expect(labelledName('v1.2 of the note', demonstration, 'en')).toBe('v1.2 of the note-demo');
	const twice = labelledName(labelledName('照片.jpg', demonstration), demonstration);
	expect(twice).toBe('照片-演示.jpg');
});

test('an answer keeps its fields and gains one', () => {
	expect(labelledAnswer({ data: [1] }, demonstration)).toEqual({ data: [1], demo: true });
});

test('an empty table says it in its header', () => {
	expect(labelledTable([['period']], demonstration, true)).toEqual([['period', 'demo']]);
});
