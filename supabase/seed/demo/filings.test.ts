import { describe, expect, it } from 'vitest';
import { actionItems } from './action-items.ts';
import { planOf } from './filing-plan.ts';
import { meetings } from './meetings.ts';
import { notifications } from './notifications.ts';
import { parties } from './parties.ts';
import { releases } from './releases.ts';
import { resolutions } from './resolutions.ts';
import { targets } from './targets.ts';
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
		const story = { calendar, owed: [], reminders: [] };
		for (const chapter of [meetings, resolutions, targets, actionItems, releases, notifications])
			for (const scene of chapter(story))
				expect(scene.at.getTime()).toBeLessThanOrEqual(calendar.now.getTime());
	});
});
