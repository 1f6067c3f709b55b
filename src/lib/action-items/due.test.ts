import { expect, it } from 'vitest';
import { isOverdue, type ActionStatus } from './due.ts';
import { stateOf } from './states.ts';

const item = (status: ActionStatus, due_on: string) => ({ status, due_on });

it('calls an office late from the day after the due date, and only while it has something to do', () => {
	expect(isOverdue(item('assigned', '2026-11-20'), '2026-11-20')).toBe(false);
	expect(isOverdue(item('assigned', '2026-11-20'), '2026-11-21')).toBe(true);
	expect(isOverdue(item('reported', '2026-11-20'), '2026-11-30')).toBe(false);
	expect(isOverdue(item('accepted', '2026-11-20'), '2026-11-30')).toBe(false);
});

it('marks what is late as wrong, whatever its status says', () => {
	expect(stateOf(item('in_progress', '2026-11-20'), '2026-11-21').tone).toBe('missed');
	expect(stateOf(item('in_progress', '2026-11-22'), '2026-11-21').tone).toBe('on_track');
	expect(stateOf(item('accepted', '2026-11-20'), '2026-11-21').tone).toBe('achieved');
});
