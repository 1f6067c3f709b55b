import { expect, test } from 'vitest';
import { breakdowns } from './words.ts';

test('a card says by what a figure can be filed, and what the catalogue asks for besides', () => {
	const [now = '', later = ''] = breakdowns(
		['occupation', 'district', 'severity', 'hour'],
		['platforms', 'police']
	).split('\n');
	expect(now).toMatch(/职业.*区县/);
	expect(later).toMatch(/严重程度.*时段/);
	expect(later).not.toContain('职业');
});

test('only platforms file by occupation and employment mode', () => {
	expect(breakdowns(['occupation', 'district'], ['community']).split('\n')).toHaveLength(2);
	expect(breakdowns(['occupation', 'district'], ['platforms']).split('\n')).toHaveLength(1);
	expect(breakdowns(['severity'], ['platforms']).split('\n')).toHaveLength(1);
	expect(breakdowns([], ['platforms'])).not.toBe('');
});
