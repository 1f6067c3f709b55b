import { expect, it } from 'vitest';
import { filled } from './both-languages.ts';

it('lets a reader of the other language read what was written in one', () => {
	expect(
		filled(
			{ title_zh: '第三次会议', title_en: '', place_zh: '', place_en: 'Room 2', id: 1 },
			'title',
			'place'
		)
	).toEqual({
		title_zh: '第三次会议',
		title_en: '第三次会议',
		place_zh: 'Room 2',
		place_en: 'Room 2',
		id: 1
	});
});
