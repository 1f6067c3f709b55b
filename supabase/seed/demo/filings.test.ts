import { describe, expect, it } from 'vitest';
import { planOf } from './filing-plan.ts';
import { makeMeetings } from './meetings.ts';
import { parties } from './parties.ts';
import { makeTasks } from './tasks.ts';
import { addDays, at, calendarOf, opensOn } from './time.ts';

const days = [
	'2026-11-01T00:04:00+08:00',
	'2027-01-31T23:58:00+08:00',
	'2028-02-29T12:00:00+08:00',
	'2027-03-02T08:00:00+08:00'
];

describe.each(days)('a demonstration loaded on %s', (moment) => {
	const calendar = calendarOf(new Date(moment));

	it('tells 25 months and 8 quarters up to the last complete ones', () => {
		expect(calendar.months).toHaveLength(25);
		expect(calendar.quarters).toHaveLength(8);
		expect(opensOn(calendar.months.at(-1) ?? '') <= calendar.today).toBe(true);
		expect(opensOn(calendar.quarters.at(-1) ?? '') <= calendar.today).toBe(true);
	});

	it('has every filing after its period and before now', () => {
		for (const party of parties) {
			const periods = party.kind === 'party' ? calendar.quarters : calendar.months;
			if (!['party', 'platform', 'community'].includes(party.kind)) continue;
			periods.forEach((period, index) => {
				const due = addDays(opensOn(period), 13);
				let last = at(opensOn(period)).getTime();
				for (const version of planOf(party, index, period, due, calendar).versions) {
					for (const moment of [
						version.submittedAt,
						...version.reviews.map((review) => review.at)
					]) {
						expect(moment.getTime(), `${party.key} ${period}`).toBeGreaterThanOrEqual(last);
						last = moment.getTime();
					}
				}
				expect(last).toBeLessThanOrEqual(calendar.now.getTime());
			});
		}
	});

	it('has its last meeting and everything done about it behind it', () => {
		const meetings = makeMeetings(calendar);
		const tasks = makeTasks(calendar, meetings.decided);
		for (const event of [...meetings.audit, ...tasks.audit])
			expect((event.at as Date).getTime()).toBeLessThanOrEqual(calendar.now.getTime() + 3600_000);
		for (const action of tasks.action_items) expect(action.assigned_at).toBeInstanceOf(Date);
	});
});
