import { expect, test } from 'vitest';
import { completeness } from './completeness.ts';

test('an excused organisation is not counted as missing', () => {
	expect(
		completeness([
			{ state: 'accepted', late_days: 0 },
			{ state: 'submitted', late_days: 3 },
			{ state: 'overdue', late_days: null },
			{ state: 'excused', late_days: null },
			{ state: 'not_open', late_days: null }
		])
	).toEqual({ expected: 3, received: 2, accepted: 1, on_time: 1 });
});
