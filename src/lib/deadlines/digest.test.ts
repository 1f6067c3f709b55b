import { expect, test } from 'vitest';
import { digest, type DigestItem } from './digest.ts';

const item: DigestItem = {
	kind: 'due_in_1',
	due_on: '2026-11-13',
	obligation: 'o1',
	period: '2026-10',
	dataset_zh: '平台用工月报',
	dataset_en: 'Platform labour, monthly',
	organisation_zh: '迅达外卖',
	organisation_en: 'Xunda'
};

test('one mail names all that is due in both languages, with its page and no figure', () => {
	const { subject, text } = digest(
		'赵一鸣',
		[item, { ...item, kind: 'escalated', obligation: 'o2' }],
		'https://xiezhi.example'
	);
	expect(subject).toMatch(/2 项.*2 reminders/);
	const [chinese = '', english = ''] = text.split('----');
	expect(chinese).toContain('赵一鸣，您好');
	expect(chinese).toContain('迅达外卖的平台用工月报 2026年10月应于 2026-11-13 前报送。');
	expect(text).toContain('Platform labour, monthly Oct 2026');
	expect(text.match(/https:\/\/xiezhi\.example\/submissions\/deadlines\/o[12]/g)).toHaveLength(4);
	expect(english).not.toContain('迅达');
});
