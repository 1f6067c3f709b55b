import { expect, test } from 'vitest';
import { draftMarks, marksIn, repliesIn } from './marks.ts';

function form(fields: Record<string, string>): FormData {
	const sent = new FormData();
	for (const [name, value] of Object.entries(fields)) sent.append(name, value);
	return sent;
}

test('a mark without a sentence of its own takes the reason of the return', () => {
	const sent = form({
		code_3: 'wrong_unit',
		opens_3: 'row',
		note_3: ' 单位是元，不是万元 ',
		code_9: 'made up',
		opens_9: 'everything',
		note_9: ' '
	});
	expect(marksIn(sent, [3, 9], '请核对')).toEqual([
		{ position: 3, code: 'wrong_unit', note: '单位是元，不是万元', opens: 'row' },
		{ position: 9, code: 'other', note: '请核对', opens: 'cell' }
	]);
});

test('only replies that say something are sent', () => {
	const sent = form({ reply_1: ' 已改 ', reply_2: '  ', reply_x: '?', submission: '1' });
	expect(repliesIn(sent)).toEqual([{ position: 1, text: '已改' }]);
});

test('a form that came back keeps its marks as they were typed, also of cells on other pages of the list', () => {
	const values = {
		mark: ['3', '250'],
		code_3: ['wrong_unit'],
		opens_3: ['row'],
		note_3: [' 单位是元 '],
		note_9: ['not ticked'],
		code_250: ['other'],
		opens_250: ['cell'],
		note_250: [''],
		cell_250: ['D252']
	};
	const shown = [
		{ position: 3, cell: 'D5' },
		{ position: 9, cell: null }
	];
	expect([...draftMarks(values, shown)]).toEqual([
		[3, { cell: 'D5', code: 'wrong_unit', opens: 'row', note: ' 单位是元 ' }],
		[250, { cell: 'D252', code: 'other', opens: 'cell', note: '' }]
	]);
	expect(draftMarks({}, shown).size).toBe(0);
});
