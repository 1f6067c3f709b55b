import { expect, test } from 'vitest';
import { digest, notificationAddress, notificationText, type DigestItem } from './digest.ts';

const item: DigestItem = {
	kind: 'due_in_1',
	subject_type: 'obligation',
	subject_id: 'o1',
	parent_id: null,
	due_on: '2026-11-13',
	cells: null,
	period: '2026-10',
	title_zh: '平台用工月报',
	title_en: 'Platform labour, monthly',
	organisation_zh: '迅达外卖',
	organisation_en: 'Xunda'
};
const voting: DigestItem = {
	kind: 'voting_opened',
	subject_type: 'resolution',
	subject_id: 'r1',
	parent_id: 'm1',
	due_on: null,
	cells: null,
	period: null,
	title_zh: '骑手工伤保险',
	title_en: 'Injury insurance of riders',
	organisation_zh: null,
	organisation_en: null
};

test('one mail names all that is due in both languages, with its page and no figure', () => {
	const { subject, text } = digest(
		'赵一鸣',
		[item, { ...item, kind: 'escalated', subject_id: 'o2' }],
		'https://xiezhi.example',
		{ is_demo: false }
	);
	expect(subject).toMatch(/2 条.*2 notifications/);
	const [chinese = '', english = ''] = text.split('----');
	expect(chinese).toContain('赵一鸣，您好');
	expect(chinese).toContain('迅达外卖的平台用工月报 2026年10月应于 2026-11-13 前报送。');
	expect(text).toContain('Platform labour, monthly Oct 2026');
	expect(text.match(/https:\/\/xiezhi\.example\/submissions\/deadlines\/o[12]/g)).toHaveLength(4);
	expect(english).not.toContain('迅达');
	expect(subject + text).not.toMatch(/演示|demo/i);
});

test('a mail of a demonstration says so before anything else, in both languages', () => {
	const { subject, text } = digest('赵一鸣', [item], 'https://xiezhi.example', { is_demo: true });
	expect(subject).toMatch(/^【演示】.* · \[Demo\] /);
	const [chinese = '', english = ''] = text.split(/\n\n-+\n\n/);
	expect(chinese).toMatch(/^演示数据：人物、单位和数字均为虚构。\n/);
	expect(english).toMatch(
		/^Demonstration data: people, organisations and figures are invented\.\n/
	);
});

test('a mail tells of a filing and of a vote alike', () => {
	const { text } = digest('赵一鸣', [item, voting], 'https://xiezhi.example', null);
	expect(text).toContain('关于“骑手工伤保险”的决议草案已提交表决');
	expect(text).toContain('A resolution on “Injury insurance of riders” is put to the vote.');
	expect(text.match(/https:\/\/xiezhi\.example\/meetings\/m1#resolution-r1/g)).toHaveLength(2);
	expect(text).not.toMatch(/null|undefined/);
});

test('what came back is said with how many values, and leads to the page where one acts', () => {
	const back: DigestItem = {
		...item,
		kind: 'returned',
		cells: 3,
		subject_type: 'submission',
		subject_id: 's1'
	};
	expect(notificationText(back, 'zh-CN')).toBe(
		'迅达外卖的平台用工月报 2026年10月被退回，有 3 个数值要更正，请更正后重新报送。'
	);
	expect(notificationText({ ...back, cells: 1 }, 'en')).toContain('with 1 value to correct');
	// Marked or not, nothing is said of none.
	for (const kind of ['returned', 'partly_accepted'])
		for (const locale of ['zh-CN', 'en'] as const)
			expect(notificationText({ ...back, kind, cells: 0 }, locale)).not.toContain('0 ');
	expect(notificationAddress(back)).toBe('/submissions/s1');
	expect(notificationAddress({ ...back, kind: 'objection_to_decide' })).toBe(
		'/submissions/s1#objection'
	);
	expect(notificationAddress({ ...back, kind: 'replied' })).toBe('/reviews/s1');
	expect(notificationAddress(item)).toBe('/submissions/deadlines/o1');
});

test('what leads nowhere leads to the list', () => {
	expect(notificationAddress({ ...item, subject_type: 'something_new' })).toBe('/notifications');
});
