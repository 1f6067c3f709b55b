import { expect, test } from 'vitest';
import type { OverviewRow } from './overview.ts';
import { sinceMeeting, wayOf } from './since.ts';
import { isClear, spreadOf } from './spread.ts';

const moved = (change: number | null) => ({
	against: '2026-08',
	change,
	same: 9,
	joined: 0,
	gone: 0,
	hidden: null
});
const row = (code: string, more: Partial<OverviewRow>) =>
	({
		code,
		direction: 'higher',
		finished: true,
		accepted_at: '2026-10-20T00:00:00Z',
		spread: 0.1,
		change: moved(1),
		...more
	}) as OverviewRow;
const meeting = {
	id: 'm',
	number: 5,
	title_zh: '',
	title_en: '',
	opened_at: '2026-10-01T00:00:00Z'
};

test('a steady rise varies little, a wavering figure much', () => {
	expect(spreadOf([1, 2, 3, 4, 5, 6])).toBe(0);
	expect(spreadOf([5, 1, 5, 1, 5, 1])!).toBeGreaterThan(4);
	expect(spreadOf([1, 2, 3, 4])).toBeNull();
	expect(isClear(0.4, 0.1)).toBe(true);
	expect(isClear(0.4, 0.3)).toBe(false);
	expect(isClear(0.4, null)).toBe(false);
});

test('better and worse follow the direction, and what is usual is no change', () => {
	const of = (
		change: number | null,
		direction: OverviewRow['direction'] = 'higher',
		spread = 0.1
	) => wayOf({ change: moved(change), direction, spread });
	expect(of(1)).toBe('better');
	expect(of(-1)).toBe('worse');
	expect(of(1, 'lower')).toBe('worse');
	expect(of(1, 'neutral')).toBe('moved');
	expect(of(1, 'higher', 0.6)).toBe('same');
	expect(of(null)).toBe('unknown');
});

test('only periods that were complete after the meeting count, and nothing is said of unfinished ones', () => {
	const since = sinceMeeting(
		[
			row('better', {}),
			row('worse', { change: moved(-1) }),
			row('before', { accepted_at: '2026-09-20T00:00:00Z' }),
			row('unfinished', { finished: false }),
			row('steady', { change: moved(0.1) }),
			row('alone', { change: moved(null) })
		],
		[],
		meeting
	);
	expect(since.moved.map((one) => one.row.code)).toEqual(['worse', 'better']);
	expect(since.same.map(({ code }) => code)).toEqual(['steady']);
	expect(since.unknown.map(({ code }) => code)).toEqual(['alone']);
});
