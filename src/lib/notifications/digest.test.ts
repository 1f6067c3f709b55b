import { expect, test } from 'vitest';
import { digest, noticePath, noticeText, type DigestItem } from './digest.ts';

const item: DigestItem = {
	kind: 'due_in_1',
	due_on: '2026-11-13',
	cells: null,
	obligation_id: 'o1',
	submission_id: null,
	period: '2026-10',
	dataset_zh: '平台用工月报',
	dataset_en: 'Platform labour, monthly',
	organisation_zh: '迅达外卖',
	organisation_en: 'Xunda'
};

test('one mail names all that is due in both languages, with its page and no figure', () => {
	const { subject, text } = digest(
		'赵一鸣',
		[item, { ...item, kind: 'escalated', obligation_id: 'o2' }],
		'https://xiezhi.example'
	);
	expect(subject).toMatch(/2 项.*2 messages/);
	const [chinese = '', english = ''] = text.split('----');
	expect(chinese).toContain('赵一鸣，您好');
	expect(chinese).toContain('迅达外卖的平台用工月报 2026年10月应于 2026-11-13 前报送。');
	expect(text).toContain('Platform labour, monthly Oct 2026');
	expect(text.match(/https:\/\/xiezhi\.example\/submissions\/deadlines\/o[12]/g)).toHaveLength(4);
	expect(english).not.toContain('迅达');
});

test('what came back is said with how many values, and leads to the page where one acts', () => {
	const back: DigestItem = { ...item, kind: 'returned', cells: 3, submission_id: 's1' };
	expect(noticeText(back, 'zh-CN')).toBe(
		'迅达外卖的平台用工月报 2026年10月被退回，有 3 个数值要更正，请更正后重新报送。'
	);
	expect(noticeText({ ...back, cells: 1 }, 'en')).toContain('with 1 value to correct');
	// Marked or not, nothing is said of none.
	for (const kind of ['returned', 'partly_accepted'] as const)
		for (const locale of ['zh-CN', 'en'] as const)
			expect(noticeText({ ...back, kind, cells: 0 }, locale)).not.toContain('0 ');
	expect(noticePath(back)).toBe('/submissions/s1');
	expect(noticePath({ ...back, kind: 'objection_to_decide' })).toBe('/submissions/s1#contest');
	expect(noticePath({ ...back, kind: 'replied' })).toBe('/reviews/s1');
	expect(noticePath(item)).toBe('/submissions/deadlines/o1');
});
