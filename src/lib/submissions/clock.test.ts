import { expect, test } from 'vitest';
import { clock } from './clock.ts';

const HOUR = 3_600_000;
const at = (hour: number) => new Date(Date.UTC(2026, 3, 1, hour)).toISOString();
const version = (status: string, submitted: number, decided: number | null = null) => ({
	status,
	submitted_at: at(submitted),
	decided_at: decided === null ? null : at(decided)
});
const now = new Date(at(100));

test('the reviewer’s clock stops while the submitter corrects, and both add up', () => {
	const spans = clock([version('returned', 0, 10), version('accepted', 30, 35)], now);
	expect(spans).toEqual({
		reviewer: { time: 15 * HOUR, count: 2, running: false },
		submitter: { time: 20 * HOUR, count: 1, running: false }
	});
});

test('a clock runs until now with whoever has the filing', () => {
	expect(clock([version('submitted', 90)], now)).toEqual({
		reviewer: { time: 10 * HOUR, count: 1, running: true },
		submitter: { time: 0, count: 0, running: false }
	});
	expect(clock([version('returned', 80, 95)], now)).toEqual({
		reviewer: { time: 15 * HOUR, count: 1, running: false },
		submitter: { time: 5 * HOUR, count: 1, running: true }
	});
});

test('a version that replaces one which waited begins no new span', () => {
	const spans = clock([version('superseded', 0, 8), version('accepted', 8, 20)], now);
	expect(spans.reviewer).toEqual({ time: 20 * HOUR, count: 1, running: false });
});
