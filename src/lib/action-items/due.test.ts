import { expect, it } from 'vitest';
import { byUrgency, isOverdue, type ActionStatus } from './due.ts';
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

it('puts before an office what is latest, then what waits for acceptance, then the newest that is finished', () => {
	const items = [
		item('accepted', '2026-01-01'),
		item('accepted', '2026-03-01'),
		item('reported', '2026-02-01'),
		item('assigned', '2026-12-01'),
		item('in_progress', '2026-10-01')
	];
	expect(items.toSorted(byUrgency).map((one) => one.due_on)).toEqual([
		'2026-10-01',
		'2026-12-01',
		'2026-02-01',
		'2026-03-01',
		'2026-01-01'
	]);
});
